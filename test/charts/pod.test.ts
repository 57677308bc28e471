import assert from "node:assert/strict";
import { test } from "node:test";
import { labelValue, podTemplate, reservedEnv, type ServiceProps } from "../../charts/service/index.ts";
import { echo } from "../support/echo.ts";

const props: ServiceProps = {
  ...echo,
  name: "echo",
  canary: { steps: [10], deadlineSeconds: 600 },
  hosts: [],
  gateways: [],
};

test("the pod may do nothing it does not need", () => {
  const text = JSON.stringify(podTemplate(props).spec);
  for (const setting of [
    '"runAsNonRoot":true',
    '"readOnlyRootFilesystem":true',
    '"allowPrivilegeEscalation":false',
    '"drop":["ALL"]',
    '"seccompProfile":{"type":"RuntimeDefault"}',
    '"automountServiceAccountToken":false',
  ])
    assert.ok(text.includes(setting), setting);
});

test("the variables that are reserved are the ones the pod sets", () => {
  const env = JSON.stringify(podTemplate(props).spec);
  assert.deepEqual(
    [...env.matchAll(/"name":"([A-Z_]+)"/g)].map(([, name]) => name),
    [...reservedEnv],
  );
});

test("memory has a limit, and CPU has none", () => {
  assert.match(JSON.stringify(podTemplate(props).spec), /"limits":\{"memory":"128Mi"\},"requests":\{"cpu":"100m","memory":"128Mi"\}/);
});

test("requests in flight have time to end between the drain and the kill", () => {
  const text = JSON.stringify(podTemplate(props).spec);
  assert.match(text, /"sleep":\{"seconds":5\}/);
  assert.match(text, /"terminationGracePeriodSeconds":30/);
});

for (const [version, label] of [
  ["1.0.0", "1.0.0"],
  ["_odd-", "odd"],
  ["v".repeat(70), "v".repeat(63)],
] as const) {
  test(`version ${version} is the label ${label}`, () => {
    assert.equal(labelValue(version), label);
  });
}
