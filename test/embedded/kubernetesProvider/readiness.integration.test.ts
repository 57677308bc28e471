import assert from "node:assert/strict";
import { test } from "node:test";
import { InitFailed } from "../../../embedded/kubernetesProvider/initFailed.ts";
import { at, type JsonObject } from "../../../embedded/kubernetesProvider/json.ts";
import { remove } from "../../../embedded/kubernetesProvider/remove.ts";
import { startPlatform } from "../../support/platform.ts";
import { operations } from "./support/operations.ts";

const PAUSE = "registry.k8s.io/pause:3.10";

const workload = (apiVersion: string, kind: string, name: string, image: string, more: JsonObject = {}): JsonObject => ({
  apiVersion,
  kind,
  metadata: { name, namespace: "default" },
  spec: {
    replicas: 2,
    selector: { matchLabels: { app: name } },
    template: { metadata: { labels: { app: name } }, spec: { containers: [{ name: "main", image }] } },
    ...more,
  },
});

const deployment = (name: string, image: string) => workload("apps/v1", "Deployment", name, image);

/** Stands still at its first step, as a gated one does. */
const rollout = (name: string, image: string) =>
  workload("argoproj.io/v1alpha1", "Rollout", name, image, { strategy: { canary: { steps: [{ setWeight: 50 }, { pause: {} }] } } });

test("readiness, with pods that really start", async (t) => {
  const state = await startPlatform(t, { parts: ["kube-controller-manager", "kube-scheduler", "argo-rollouts", "node"] });
  const on = await operations(state.kubeconfig);

  await t.test("a Deployment is created when its pods are available, and deleted when they are gone", async () => {
    const { id, properties } = await on.create(deployment("good", PAUSE), { timeout: 60 });
    assert.equal(at(properties, "status", "availableReplicas"), 2);
    await remove(on.cluster, { urn: "urn", id, properties, timeout: 60 });
    const pods = await on.cluster.api({ method: "GET", path: "/api/v1/namespaces/default/pods", query: { labelSelector: "app=good" } });
    assert.deepEqual(pods.items, []);
  });

  await t.test("a Deployment whose image is not there fails with the pod and the image pull's reason", async () => {
    await assert.rejects(on.create(deployment("bad", "localhost/nothing:1"), { timeout: 8 }), (error) => {
      assert.ok(error instanceof InitFailed);
      assert.match(error.message, /0 of 2 pods ready; pod bad-\S+: (ErrImagePull|ImagePullBackOff) .*localhost\/nothing:1/);
      return true;
    });
  });

  await t.test("a Rollout's first revision is awaited, a later one is left to whoever judges it", async () => {
    const created = await on.create(rollout("echo", PAUSE), { timeout: 60 });
    assert.equal(at(created.properties, "status", "availableReplicas"), 2);
    const after = await on.update(created, rollout("echo", "registry.k8s.io/pause:3.9"));
    assert.equal(at(after, "spec", "template", "spec", "containers", 0, "image"), "registry.k8s.io/pause:3.9");
    assert.equal(at(after, "metadata", "annotations", "rollout.argoproj.io/revision"), "2");
  });
});
