// The whole platform, as `sluice local up` starts it. One platform for all sentences, in this order: the last ones end it.
import assert from "node:assert/strict";
import { mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import type { V1ConfigMap, V1Deployment } from "@kubernetes/client-node";
import { openImageStore } from "../../../embedded/images/index.ts";
import { applyServerSide, clientFor, defineResource, type KubernetesObject, nodes, type Wire } from "../../../embedded/kube/index.ts";
import { down, PART_NAMES, status, up } from "../../../embedded/platform/index.ts";
import { pathsIn } from "../../../embedded/platform/state.ts";
import { eventually } from "../../support/eventually.ts";
import { freshStateDir } from "../../support/platform.ts";
import { isLoopback, listeningAddresses } from "./loopback.ts";
import { killSupervisor, pidsOf } from "./support.ts";

const deployments = defineResource<Wire<V1Deployment>>("apps/v1", "Deployment", "deployments");
const rollouts = defineResource<KubernetesObject & { status?: { phase?: string } }>("argoproj.io/v1alpha1", "Rollout", "rollouts");
const configMaps = defineResource<Wire<V1ConfigMap>>("v1", "ConfigMap", "configmaps");

const IMAGE = "localhost/idle:1.0.0";
const labels = { app: "idle" };
const template = { metadata: { labels }, spec: { containers: [{ name: "idle", image: IMAGE }] } };
const workload = { replicas: 2, selector: { matchLabels: labels }, template };

/** An object with more than its head: a literal would be checked against the head alone. */
const object = (whole: KubernetesObject & { readonly spec: unknown }): KubernetesObject => whole;

test("the whole platform", async (t) => {
  const stateDir = await freshStateDir(t);
  const paths = pathsIn(stateDir);
  const images = join(stateDir, "..", "images");
  const source = join(stateDir, "..", "source");
  await mkdir(source, { recursive: true });
  await writeFile(join(source, "idle.mjs"), "setInterval(() => {}, 1000);\n");
  const run = { entrypoint: ["node"], command: ["idle.mjs"], env: {}, workingDir: "/app" };
  await openImageStore(images).put({ ...run, repository: "localhost/idle", tag: "1.0.0", files: source });

  const start = () => up({ stateDir, images, durable: false, onProgress: (line) => t.diagnostic(line) });
  const state = await start();
  const client = await clientFor(state.kubeconfig);
  t.after(() => client.close());

  await t.test("every part is ready, none was restarted, and the node takes pods", async () => {
    const { isReady, parts } = await status(stateDir);
    assert.equal(isReady, true);
    assert.deepEqual(
      parts.map(({ name, restarts }) => [name, restarts]),
      PART_NAMES.map((name) => [name, 0]),
    );
    const [node] = await client.list(nodes);
    assert.equal(node?.status?.conditions?.find(({ type }) => type === "Ready")?.status, "True");
  });

  await t.test("Prometheus, the gateway and Envoy answer at the addresses in the state", async () => {
    assert.equal((await fetch(`${state.prometheusUrl}/-/ready`)).status, 200);
    assert.equal((await fetch(`${state.envoyAdminUrl}/ready`)).status, 200);
    assert.equal((await fetch(state.gatewayUrl)).status, 404);
  });

  await t.test("a Deployment and a Rollout become available: controllers, scheduler and node work together", async () => {
    const metadata = { name: "idle", namespace: "default" };
    await applyServerSide(client, object({ apiVersion: "apps/v1", kind: "Deployment", metadata, spec: workload }), "test");
    await eventually("the Deployment", async () => (await client.get(deployments, "idle"))?.status?.readyReplicas === 2 || undefined);
    await client.delete(deployments, "idle");
    const spec = { ...workload, strategy: { canary: {} } };
    await applyServerSide(client, object({ apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata, spec }), "test");
    await eventually("the Rollout", async () => (await client.get(rollouts, "idle"))?.status?.phase === "Healthy" || undefined);
  });

  await t.test("nothing listens on an address that others on the network could reach", () => {
    const addresses = listeningAddresses(pidsOf(stateDir));
    assert.ok(addresses.length >= 9, `only ${addresses.length} addresses found`);
    assert.deepEqual(
      addresses.filter((address) => !isLoopback(address)),
      [],
    );
  });

  await t.test("secrets are the user's own: in files of mode 0600 in folders of mode 0700, and in no argument or environment", async () => {
    const mode = async (path: string) => ((await stat(path)).mode & 0o777).toString(8);
    for (const folder of [stateDir, paths.secrets.directory, paths.logs, paths.etcd]) assert.equal(await mode(folder), "700", folder);
    const { tokens, serviceAccountKey } = paths.secrets;
    for (const file of [paths.kubeconfig, paths.state, paths.plan, tokens, serviceAccountKey]) assert.equal(await mode(file), "600", file);

    const [token = ""] = (await readFile(tokens, "utf8")).split(",");
    assert.equal(token.length, 64);
    for (const pid of pidsOf(stateDir)) {
      for (const about of ["cmdline", "environ"])
        assert.ok(!(await readFile(`/proc/${pid}/${about}`, "utf8")).includes(token), `${pid} ${about}`);
    }
  });

  await t.test("the API server knows nobody without the token, and its certificate is checked", async () => {
    const kubeconfig = await readFile(paths.kubeconfig, "utf8");
    assert.match(kubeconfig, /certificate-authority-data/);
    await assert.rejects(fetch(`${state.apiServer}/version`), /fetch failed/);
    const stranger = join(stateDir, "stranger");
    await writeFile(stranger, kubeconfig.replace(/token: .*/, "token: guessed"));
    const other = await clientFor(stranger);
    await assert.rejects(other.list(configMaps), /401 Unauthorized/);
    other.close();
  });

  await t.test("what was applied, the addresses and the kubeconfig survive down and up", async () => {
    await client.create(configMaps, { metadata: { name: "kept", namespace: "default" }, data: { a: "1" } });
    const kubeconfig = await readFile(paths.kubeconfig, "utf8");
    assert.deepEqual(await down(stateDir), { wasRunning: true, killed: 0 });
    const begin = Date.now();
    const { ports } = await start();
    t.diagnostic(`warm up: ${((Date.now() - begin) / 1000).toFixed(1)} s`);
    assert.deepEqual(ports, state.ports);
    assert.equal(await readFile(paths.kubeconfig, "utf8"), kubeconfig);
    assert.deepEqual((await client.get(configMaps, "kept"))?.data, { a: "1" });
    await eventually("the Rollout's pods", async () => (await client.get(rollouts, "idle"))?.status?.phase === "Healthy" || undefined);
  });

  await t.test("down ends pods too, also when supervisor and node were killed", async () => {
    const { parts } = await status(stateDir);
    const pidOf = (name: string) => parts.find((part) => part.name === name)?.pid ?? 0;
    await killSupervisor(stateDir);
    process.kill(pidOf("node"), "SIGKILL");
    const own = new Set(parts.map(({ pid }) => pid));
    const podProcesses = pidsOf(stateDir).filter((pid) => !own.has(pid));
    assert.ok(podProcesses.length >= 2, `${podProcesses.length} pod processes`);
    await down(stateDir);
    assert.deepEqual(pidsOf(stateDir), []);
  });
});
