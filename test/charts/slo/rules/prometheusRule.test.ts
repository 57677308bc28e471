import assert from "node:assert/strict";
import { test } from "node:test";
import { prometheusRule, sloRules } from "../../../../charts/slo/rules/index.ts";
import { jobs } from "./traffic.ts";

test("a PrometheusRule holds the rules of all its SLOs, in the form asked for", () => {
  const slos = [jobs, { ...jobs, name: "in-time" }];
  assert.deepEqual(prometheusRule("slos", "shop", slos, { form: "sloth" }), {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "slos", namespace: "shop" },
    spec: { groups: sloRules(slos, { form: "sloth" }) },
  });
});
