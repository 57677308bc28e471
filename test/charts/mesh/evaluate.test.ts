// The judge of the other tests, on policies written down by hand.
import assert from "node:assert/strict";
import { test } from "node:test";
import { AUTHORIZATION_POLICY, type AuthorizationPolicySpec, PEER_AUTHENTICATION } from "../../../charts/crds/index.ts";
import type { Manifest } from "../../../charts/manifest.ts";
import { type Decision, decide } from "./evaluate.ts";

const policy = (spec: AuthorizationPolicySpec, namespace = "apps"): Manifest => ({
  ...AUTHORIZATION_POLICY,
  metadata: { name: "p", namespace },
  spec,
});
const read: AuthorizationPolicySpec = { rules: [{ to: [{ operation: { methods: ["GET"] } }] }] };
const all: AuthorizationPolicySpec = { rules: [{}] };

const cases: readonly (readonly [string, readonly Manifest[], Decision])[] = [
  ["without a policy everything is allowed", [], "allowed"],
  ["a policy without rules allows nothing", [policy({})], "denied"],
  ["a rule without conditions matches everything", [policy(all)], "allowed"],
  ["DENY goes before ALLOW, in whichever order they stand", [policy(all), policy({ ...read, action: "DENY" })], "denied"],
  [
    "a DENY that does not match leaves it to ALLOW",
    [policy({ action: "DENY", rules: [{ to: [{ operation: { methods: ["PUT"] } }] }] }), policy(read)],
    "allowed",
  ],
  [
    "a DENY alone denies only what it matches",
    [policy({ action: "DENY", rules: [{ to: [{ operation: { paths: ["*/b"] } }] }] })],
    "allowed",
  ],
  ["a policy of another namespace says nothing here", [policy({}, "other")], "allowed"],
  ["a policy about other pods says nothing here", [policy({ selector: { matchLabels: { app: "other" } } })], "allowed"],
  [
    "from and to must both match",
    [policy({ rules: [{ from: [{ source: { principals: ["b"] } }], to: [{ operation: { methods: ["GET"] } }] }] })],
    "denied",
  ],
];
for (const [sentence, manifests, decision] of cases)
  test(sentence, () => {
    const door = { kind: "pod", namespace: "apps", labels: { app: "echo" } } as const;
    assert.equal(decide(manifests, door, { principal: "a", method: "GET", path: "/a" }), decision);
  });

test("a namespace's own mTLS goes before the mesh's", () => {
  const peer = (namespace: string, mode: string): Manifest => ({
    ...PEER_AUTHENTICATION,
    metadata: { name: "default", namespace },
    spec: { mtls: { mode } },
  });
  const door = { kind: "pod", namespace: "apps", labels: {} } as const;
  const plain = { method: "GET", path: "/" };
  assert.equal(decide([peer("istio-system", "STRICT")], door, plain), "denied");
  assert.equal(decide([peer("istio-system", "STRICT"), peer("apps", "PERMISSIVE")], door, plain), "allowed");
});
