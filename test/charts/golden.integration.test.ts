import assert from "node:assert/strict";
import { test } from "node:test";
import type { Manifest } from "../../charts/manifest.ts";
import { applyServerSide, clientFor, defineResource, type KubernetesObject } from "../../embedded/kube/index.ts";
import { startPlatform } from "../support/platform.ts";
import { goldenCases, readManifests } from "./golden.ts";

const namespaces = defineResource("v1", "Namespace", "namespaces", { namespaced: false });
const restricted = { "pod-security.kubernetes.io/enforce": "restricted" };

test("a real API server with the upstream CRDs takes every golden manifest, strictly, and keeps it as it is", async (t) => {
  const platform = await startPlatform(t, { parts: ["cluster-setup"] });
  const client = await clientFor(platform.kubeconfig);
  t.after(() => client.close());
  const apply = (object: KubernetesObject) => applyServerSide(client, object, "golden");

  for (const { name, file } of goldenCases()) {
    await client.create(namespaces, { metadata: { name, labels: restricted } });
    for (const manifest of readManifests(file)) {
      await t.test(`${name}: ${manifest.kind} ${manifest.metadata.name}`, async () => {
        const object = inNamespace(manifest, name);
        // Fields that the server drops or rewrites would be a diff in every preview.
        assert.partialDeepStrictEqual(await apply(object), object);
      });
      // A Rollout's template is checked by nobody until Argo makes a ReplicaSet of it.
      if (manifest.kind === "Rollout")
        await t.test(`${name}: a pod of it, under the restricted security standard`, async () => {
          await apply(podOf(manifest, name));
        });
    }
  }
});

function inNamespace(manifest: Manifest, namespace: string): KubernetesObject {
  const { name, labels = {} } = manifest.metadata;
  return { ...manifest, metadata: { name, namespace, labels: { ...labels } } };
}

function podOf({ spec }: Manifest, namespace: string): KubernetesObject & { spec: unknown } {
  assert(typeof spec === "object" && spec !== null && "template" in spec);
  assert(typeof spec.template === "object" && spec.template !== null && "spec" in spec.template);
  return { apiVersion: "v1", kind: "Pod", metadata: { name: "pod", namespace }, spec: spec.template.spec };
}
