import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { Ci, type CiArgs } from "../../../components/ci/index.ts";
import { valueProblems } from "../../infra/helm/problems.ts";
import { recordResources } from "../../support/mocks.ts";
import { args } from "./args.ts";

async function released(changed: Partial<CiArgs> = {}) {
  const { one } = await recordResources(() => new Ci("jenkins", { ...args, ...changed }));
  return one("kubernetes:helm.sh/v3:Release", "jenkins");
}

const { values, chart, version } = await released({ url: "https://ci.example.com", storageClass: "gp3" });
const { controller } = values;

test("every value is one of the chart's", () => assert.deepEqual(valueProblems({ chart, version, values }), []));

test("the administrator's password is in a secret that is there already, and nowhere in the values", () => {
  assert.deepEqual(controller.admin, { createSecret: false, existingSecret: "jenkins-admin" });
  const { users, allowsSignup } = parse(controller.JCasC.securityRealm).local;
  assert.deepEqual(users, [{ id: `\${chart-admin-username}`, password: `\${chart-admin-password}` }]);
  assert.equal(allowsSignup, false);
});

test("nobody sees anything without a password, and what is changed by hand does not last", () => {
  assert.deepEqual(parse(controller.JCasC.authorizationStrategy), { loggedInUsersCanDoAnything: { allowAnonymousRead: false } });
  assert.equal(controller.JCasC.overwriteConfiguration, true);
});

test("nothing is built on the controller", () => assert.equal(controller.numExecutors, 0));

const [template, ...others] = parse(values.agent.podTemplates.build);
const pod = parse(template.yaml);

test("there is one template of agents, and it is ours", () => {
  assert.deepEqual(others, []);
  assert.deepEqual([template.label, values.agent.disableDefaultAgent, values.agent.containerCap], ["build", true, 10]);
  assert.equal(pod.spec.containers[0].image, args.agentImage);
});

test("an agent would be let into a restricted namespace, and has no rights in the cluster", () => {
  assert.deepEqual([pod.spec.automountServiceAccountToken, pod.spec.serviceAccountName], [false, "jenkins-agent"]);
  assert.deepEqual(values.serviceAccountAgent, { create: true, name: "jenkins-agent", automountServiceAccountToken: false });
  const [{ securityContext }] = pod.spec.containers;
  assert.deepEqual([pod.spec.securityContext.runAsNonRoot, pod.spec.securityContext.seccompProfile.type], [true, "RuntimeDefault"]);
  assert.deepEqual([securityContext.allowPrivilegeEscalation, securityContext.capabilities], [false, { drop: ["ALL"] }]);
  assert.equal(values.agent.restrictedPssSecurityContext, true);
});

test("Helm finds nothing to fill in in the template", () => assert.doesNotMatch(values.agent.podTemplates.build, /\{\{/));

test("the address and the class of the volume are the chart's where they are left out", async () => {
  const plain = await released();
  assert.equal("jenkinsUrl" in plain.values.controller, false);
  assert.deepEqual(plain.values.persistence, { size: "20Gi" });
  assert.deepEqual(values.persistence, { size: "20Gi", storageClass: "gp3" });
});

test("all that is wrong is told at once", () => {
  const wrong = { adminSecret: "", agentImage: "registry:5000/node", agents: 0, storageGibibytes: 1.5 };
  assert.throws(
    () => new Ci("jenkins", { ...args, ...wrong }),
    (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.deepEqual(
        error.errors?.map(({ propertyPath }) => propertyPath),
        ["adminSecret", "agentImage", "agents", "storageGibibytes"],
      );
      return true;
    },
  );
});
