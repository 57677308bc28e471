import assert from "node:assert/strict";
import { test } from "node:test";
import { kindOfToken, refusedInputs } from "../../../embedded/kubernetesProvider/typeTokens.ts";

test("a token with group and version names a kind; the core group is written out in it", () => {
  assert.deepEqual(kindOfToken("kubernetes:core/v1:Service"), { kind: { group: "", version: "v1", kind: "Service" } });
  assert.deepEqual(kindOfToken("kubernetes:argoproj.io/v1alpha1:Rollout"), {
    kind: { group: "argoproj.io", version: "v1alpha1", kind: "Rollout" },
  });
});

const REFUSED: Readonly<Record<string, RegExp>> = {
  "kubernetes:v1:Service": /apiVersion does not have both a group and a version: "v1" \(.*k8s\.core\.v1\.Service/,
  "kubernetes:apps:Deployment": /apiVersion does not have both a group and a version: "apps"/,
  "kubernetes:a/b/c:Thing": /apiVersion does not have both/,
  "kubernetes:helm.sh/v3:Release": /Helm charts and releases need the official Kubernetes plugin/,
  "kubernetes:helm.sh/v4:Chart": /Helm charts and releases need the official Kubernetes plugin/,
  "kubernetes:yaml:ConfigGroup": /YAML files and groups need the official Kubernetes plugin/,
  "kubernetes:yaml/v2:ConfigFile": /YAML files and groups need the official Kubernetes plugin/,
  "kubernetes:kustomize/v2:Directory": /Kustomize directories need the official Kubernetes plugin/,
};

for (const [token, reason] of Object.entries(REFUSED)) {
  test(`${token} is refused, with the reason and the type in it`, () => {
    const answer = kindOfToken(token);
    assert.ok("refused" in answer);
    assert.match(answer.refused, reason);
    assert.ok(answer.refused.startsWith(`${token}: `));
  });
}

test("a Patch resource is refused, but not a kind whose own name ends in Patch", () => {
  const kind = { group: "", version: "v1", kind: "ConfigMapPatch" };
  assert.match(refusedInputs(kind, { kind: "ConfigMap" }) ?? "", /Patch resources need the official/);
  assert.equal(refusedInputs({ ...kind, kind: "EnginePatch" }, { kind: "EnginePatch" }), undefined);
});

test("a list is refused, but not a kind whose own name ends in List", () => {
  const kind = { group: "", version: "v1", kind: "ConfigMapList" };
  assert.match(refusedInputs(kind, { kind: "ConfigMapList", items: [] }) ?? "", /cannot be created/);
  assert.equal(refusedInputs({ ...kind, kind: "AllowList" }, { kind: "AllowList", spec: {} }), undefined);
});

test("an annotation that asks for what is not done here is refused, not ignored", () => {
  const annotations = { "pulumi.com/waitFor": "jsonpath={.status.phase}=Healthy" };
  const kind = { group: "example.com", version: "v1", kind: "Thing" };
  assert.match(refusedInputs(kind, { kind: "Thing", metadata: { annotations } }) ?? "", /pulumi\.com\/waitFor.* needs the official/);
});
