// The conductor on a real API server and the real Argo Rollouts controller; mesh and Prometheus are stood in for.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { serviceManifests } from "../../../charts/service/index.ts";
import { applyServerSide, clientFor, defineResource, type KubeClient, type KubernetesObject } from "../../../embedded/kube/index.ts";
import { clusterOver } from "../../../gate/conductor/cluster.ts";
import { connect, type Kube } from "../../../gate/conductor/kube.ts";
import { conduct, GateError, type GateInputs, GateRefusal } from "../../../gate/index.ts";
import { eventually } from "../../support/eventually.ts";
import { gateInputs } from "../../support/gateInputs.ts";
import { startPlatform } from "../../support/platform.ts";
import { startTraffic } from "./trafficServer.ts";

interface RolloutObject extends KubernetesObject {
  status?: { abort?: boolean; stableRS?: string; currentPodHash?: string; canary?: { weights?: { canary?: { weight?: number } } } };
}
const rollouts = defineResource<RolloutObject>("argoproj.io/v1alpha1", "Rollout", "rollouts");

const steps = [20, 50];

test("a service's rollouts on the real controller", async (t) => {
  const platform = await startPlatform(t, { parts: ["kube-controller-manager", "kube-scheduler", "argo-rollouts", "node"] });
  const client = await clientFor(platform.kubeconfig);
  t.after(() => client.close());
  const rollout = async () => (await client.get(rollouts, "echo"))?.status ?? {};
  const traffic = await startTraffic(t, async () => (await rollout()).canary?.weights?.canary?.weight ?? 0);
  const kubeconfig = await readFile(platform.kubeconfig, "utf8");
  const lines: string[] = [];

  /** An image of this repository needs no process: its pods are ready at once. */
  async function deploy(version: string, repository = "registry.k8s.io/pause"): Promise<GateInputs> {
    const image = `${repository}:${version}`;
    const template = `sha256:${image}`;
    const manifests = serviceManifests({
      ...{ name: "echo", namespace: "default", image, version, template, replicas: 2, port: 8080, env: {} },
      ...{
        resources: { cpuMillis: 10, memoryMebibytes: 16 },
        canary: { steps, deadlineSeconds: 60 },
        hosts: [],
        gateways: [],
        secrets: {},
      },
    });
    for (const manifest of manifests)
      await applyServerSide(client, { ...manifest, metadata: { ...manifest.metadata } }, "test", { force: true });
    return {
      ...gateInputs,
      ...{ image, template, kubeconfig, steps, prometheus: { url: traffic.url } },
      slis: [{ name: "availability", kind: "availability", limit: 0.1, tolerance: 1.5 }],
      ...{ minStepSeconds: 2, deadlineSeconds: 60 },
    };
  }
  const edges = { output: (line: string) => void lines.push(line) };
  const refused = async (rollout: Promise<unknown>) => {
    const error = await rollout.then(
      () => undefined,
      (error: unknown) => error,
    );
    assert.ok(error instanceof GateRefusal, String(error));
    return error.record;
  };

  await t.test("the first revision is judged once it is healthy", async () => {
    const record = await conduct(await deploy("1.0"), undefined, edges);
    assert.equal(record.verdict, "promoted");
    assert.equal(record.revision, (await rollout()).stableRS);
  });

  await t.test("a healthy one is promoted step by step, while a second conductor is refused", async () => {
    const inputs = await deploy("1.1");
    const conducting = conduct(inputs, undefined, edges);
    await eventually("the first look", async () => lines.find((line) => line.includes("1.1") && line.includes("look 1 ")));
    await assert.rejects(conduct(inputs, undefined, edges), (error) => {
      assert.ok(error instanceof GateError && !(error instanceof GateRefusal));
      assert.match(error.message, /another conductor is at work on this Rollout: \S+\/\d+\/\S+ since/);
      return true;
    });
    const record = await conducting;
    assert.deepEqual([...new Set(record.evidence.looks.map(({ step }) => step))], [0, 1]);
    assert.equal(record.revision, (await rollout()).stableRS);
    assert.equal(await conduct(inputs, record, edges), record);
  });

  await t.test("a bad one is aborted, stays aborted, and the old tag is instant", async () => {
    traffic.canaryErrors = 0.3;
    const inputs = await deploy("1.2");
    const record = await refused(conduct(inputs, undefined, edges));
    assert.equal(record.verdict, "rolled back");
    assert.equal((await rollout()).abort, true);
    assert.equal((await rollout()).canary?.weights?.canary?.weight, 0);
    assert.equal(await refused(conduct(inputs, record, edges)), record);

    traffic.canaryErrors = 0;
    const again = await conduct({ ...inputs, retry: 1 }, record, edges);
    assert.equal(again.verdict, "promoted");
    assert.equal(again.revision, record.revision);
  });

  await t.test("pods that cannot start are named with the reason, and the old tag brings everything back", async () => {
    const inputs = { ...(await deploy("9.9", "localhost/nothing")), deadlineSeconds: 6 };
    const record = await refused(conduct(inputs, undefined, edges));
    assert.equal(record.verdict, "rolled back");
    assert.match(record.reason, /did not reach 20% in 6 s: .*0 of 1 ready; echo-\w+-\w+: \w+: (ErrImagePull|ImagePullBackOff): /);

    const began = performance.now();
    const back = await conduct(await deploy("1.2"), record, edges);
    assert.equal(back.verdict, "promoted");
    assert.match(back.reason, /that of the stable revision/);
    assert.ok(performance.now() - began < 10_000);
  });

  await t.test("a template that the cluster refuses is not taken for the stable one, and the reason is the cluster's own", async () => {
    await refuseReplicaSets(client, await connect(kubeconfig), "9.8");
    const inputs = { ...(await deploy("9.8")), deadlineSeconds: 6 };
    const record = await refused(conduct(inputs, undefined, edges));
    assert.equal(record.verdict, "held");
    assert.match(
      record.reason,
      /did not take in the template in 6 s: .*ValidatingAdmissionPolicy 'refusal' .*denied request: not this one/,
    );

    const back = await conduct(await deploy("1.2"), record, edges);
    assert.match(back.reason, /that of the stable revision/);
  });

  await t.test("a write on an old reading is refused, of the Rollout and of the Lease", async () => {
    const cluster = clusterOver(await connect(kubeconfig), { namespace: "default", rollout: "echo" });
    const view = await cluster.rollout();
    assert.equal(await cluster.abort({ ...view, resourceVersion: "1" }), "conflict");
    const lease = await cluster.readLease();
    assert.ok(lease);
    assert.equal(lease.holder, undefined);
    const written = await cluster.writeLease({ holder: "me", seconds: 10 }, view.uid, lease.resourceVersion);
    assert.ok(written !== "conflict");
    assert.equal(written.holder, "me");
    assert.equal(await cluster.writeLease({ holder: "you", seconds: 10 }, view.uid, lease.resourceVersion), "conflict");
    assert.equal(await cluster.writeLease({ holder: "you", seconds: 10 }, view.uid, undefined), "conflict");
  });

  assert.ok(!lines.join("\n").includes(/token: (\S+)/.exec(kubeconfig)?.[1] ?? "no token to look for"));
});

/** From now on no ReplicaSet of this version is let in, as an organisation's policy would have it. */
async function refuseReplicaSets(client: KubeClient, kube: Kube, version: string): Promise<void> {
  const [apiVersion, metadata] = ["admissionregistration.k8s.io/v1", { name: "refusal" }];
  const resourceRules = [{ apiGroups: ["apps"], apiVersions: ["v1"], operations: ["CREATE"], resources: ["replicasets"] }];
  const expression = `!object.spec.template.spec.containers.exists(c, c.image.endsWith(':${version}'))`;
  const spec = { matchConstraints: { resourceRules }, validations: [{ expression, message: "not this one" }] };
  const policy = { apiVersion, kind: "ValidatingAdmissionPolicy", metadata, spec };
  await applyServerSide(client, policy, "test");
  const bound = { policyName: metadata.name, validationActions: ["Deny"] };
  const binding = { apiVersion, kind: "ValidatingAdmissionPolicyBinding", metadata, spec: bound };
  await applyServerSide(client, binding, "test");
  const labels = { app: "probe" };
  const template = { metadata: { labels }, spec: { containers: [{ name: "probe", image: `probe:${version}` }] } };
  const body = { metadata: { name: "probe" }, spec: { selector: { matchLabels: labels }, template } };
  await eventually("the policy is in force", async () => {
    const { status } = await kube({ method: "POST", path: "/apis/apps/v1/namespaces/default/replicasets?dryRun=All", body });
    return status === 422 || undefined;
  });
}
