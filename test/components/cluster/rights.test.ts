import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import { z } from "zod";
import { podTrust } from "../../../components/cluster/eks/podIdentity.ts";
import { autoscalerRights, loadBalancerRights } from "../../../components/cluster/eks/rights.ts";
import { assertGolden } from "../../support/goldenJson.ts";
import { args, recorded } from "./eksArgs.ts";

const { all, one } = await recorded();
const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.json`);

const policies: Readonly<Record<string, unknown>> = {
  "load-balancer-controller": loadBalancerRights(args),
  "cluster-autoscaler": autoscalerRights(args),
  "pod-trust": podTrust({ ...args, namespace: "kube-system", serviceAccount: "cluster-autoscaler" }),
  "control-plane-trust": JSON.parse(one("aws:iam/role:Role", "main-control-plane").assumeRolePolicy),
  "node-trust": JSON.parse(one("aws:iam/role:Role", "main-nodes").assumeRolePolicy),
  "secrets-key": JSON.parse(one("aws:kms/key:Key", "main-secrets").policy),
  "logs-key": JSON.parse(one("aws:kms/key:Key", "main-logs").policy),
};
for (const [name, policy] of Object.entries(policies)) {
  test(`the policy ${name} is the one that was looked at`, () => assertGolden(golden(name), policy));
}

const rights = z.object({
  Statement: z.array(
    z.object({ Action: z.array(z.string()), Resource: z.array(z.string()).default([]), Condition: z.unknown().optional() }),
  ),
});

test("what changes something in AWS is bound to a resource, and to the cluster's mark or to one service", () => {
  for (const policy of [loadBalancerRights(args), autoscalerRights(args)]) {
    for (const { Action, Resource, Condition } of rights.parse(policy).Statement) {
      const looksOnly = Action.every((action) => /:(Describe|Get|List)/.test(action));
      if (looksOnly) continue;
      assert.ok(!Resource.includes("*"), Action.join());
      const inNetwork = Resource.every((arn) => arn.includes(":vpc/"));
      assert.ok(Condition !== undefined || inNetwork, Action.join());
    }
  }
});

test("no policy has a wildcard for an action", () => {
  const written = all.filter(({ type }) => type === "aws:iam/rolePolicy:RolePolicy").map(({ inputs }) => JSON.parse(inputs.policy));
  assert.equal(written.length, 2);
  for (const { Action } of written.flatMap((policy) => rights.parse(policy).Statement)) {
    for (const action of Action) assert.doesNotMatch(action, /\*/);
  }
});

test("each controller has rights before it starts, for its own service account", () => {
  const identities = all.filter(({ type }) => type === "aws:eks/podIdentityAssociation:PodIdentityAssociation");
  assert.deepEqual(identities.map(({ inputs }) => [inputs.namespace, inputs.serviceAccount]).sort(), [
    ["kube-system", "aws-load-balancer-controller"],
    ["kube-system", "cluster-autoscaler"],
  ]);
  const order = all.map(({ name, type }) => `${type} ${name}`);
  for (const chart of ["aws-load-balancer-controller", "cluster-autoscaler"]) {
    const identity = order.indexOf(`aws:eks/podIdentityAssociation:PodIdentityAssociation main-${chart}`);
    assert.ok(identity >= 0 && identity < order.indexOf(`kubernetes:helm.sh/v3:Release main-${chart}`));
  }
});
