import assert from "node:assert/strict";
import { test } from "node:test";
import type { Pod } from "../../../embedded/kube/index.ts";
import { identityOf, workloadOf } from "../../../embedded/mesh/workload.ts";
import { pod } from "./objects.ts";

const ownedBy = (kind: string, name: string, labels: Record<string, string> = {}): Pod => ({
  metadata: { name: "p", labels, ownerReferences: [{ apiVersion: "v1", kind, name, uid: "1", controller: true }] },
});

for (const [what, of, workload] of [
  ["a Deployment's pod", ownedBy("ReplicaSet", "web-7d9f", { "pod-template-hash": "7d9f" }), "web"],
  ["a Rollout's pod", ownedBy("ReplicaSet", "echo-abc", { "rollouts-pod-template-hash": "abc" }), "echo"],
  ["the pod of a ReplicaSet of its own", ownedBy("ReplicaSet", "lonely"), "lonely"],
  ["a StatefulSet's pod", ownedBy("StatefulSet", "db"), "db"],
  ["a pod nobody controls", { metadata: { name: "shell" } }, "shell"],
] as const) {
  test(`${what} counts as workload "${workload}"`, () => assert.equal(workloadOf(of), workload));
}

for (const [labels, revision] of [
  [{ "service.istio.io/canonical-revision": "r1", "app.kubernetes.io/version": "1.1.0", version: "v2" }, "r1"],
  [{ "app.kubernetes.io/version": "1.1.0", version: "v2" }, "1.1.0"],
  [{ version: "v2" }, "v2"],
  [{}, "latest"],
] as const) {
  test(`labels ${JSON.stringify(labels)} make canonical revision ${revision}`, () => {
    assert.equal(identityOf(pod("127.0.0.1", { labels })).canonical_revision, revision);
  });
}

test("a pod without labels is known by its workload, its app and version are unknown", () => {
  assert.deepEqual(identityOf({ metadata: { name: "shell", namespace: "ops" } }), {
    workload: "shell",
    namespace: "ops",
    canonical_service: "shell",
    canonical_revision: "latest",
    app: "unknown",
    version: "unknown",
    pod_template_hash: "",
  });
});
