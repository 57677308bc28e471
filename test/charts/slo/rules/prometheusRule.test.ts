import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { prometheusRule, sloRules } from "../../../../charts/slo/rules/index.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";
import { dashboard } from "../../../../dashboards/index.ts";
import { jobs } from "./traffic.ts";

const annotated = z.object({
  groups: z.array(z.object({ rules: z.array(z.object({ annotations: z.object({ dashboard_url: z.string().optional() }).optional() })) })),
});

const inShop: Slo = { ...jobs, alerting: { labels: { namespace: "shop" } } };

test("a PrometheusRule holds the rules of all its SLOs, in the form asked for, and its alerts have its namespace", () => {
  assert.deepEqual(prometheusRule("slos", "shop", [jobs, { ...jobs, name: "in-time" }], { form: "sloth" }), {
    apiVersion: "monitoring.coreos.com/v1",
    kind: "PrometheusRule",
    metadata: { name: "slos", namespace: "shop" },
    spec: { groups: sloRules([inShop, { ...inShop, name: "in-time" }], { form: "sloth" }) },
  });
});

for (const [what, slo] of Object.entries({
  "labels of its own": { ...jobs, labels: { namespace: "mail" } },
  "a budget for each namespace": { ...jobs, grouping: ["namespace"] },
  "alerts of its own": { ...jobs, alerting: { labels: { namespace: "mail" } } },
} satisfies Record<string, Slo>))
  test(`the namespace of an SLO with ${what} stays as it is`, () =>
    assert.deepEqual(prometheusRule("slos", "shop", [slo]).spec, { groups: sloRules([slo]) }));

test("every alert leads to the Release board of its service, where it is known where boards are", () => {
  const expected = "https://grafana.example/d/sluice-release?var-namespace=shop&var-service=jobs";
  for (const dashboards of ["https://grafana.example", "https://grafana.example/"])
    assert.deepEqual(linksOf([jobs], dashboards), [expected]);
  assert.deepEqual(linksOf([jobs]), [undefined]);
});

test("an SLO's own board wins", () => {
  const slo = { ...jobs, alerting: { dashboard: "https://boards.example/jobs" } };
  assert.deepEqual(linksOf([slo], "https://grafana.example"), ["https://boards.example/jobs"]);
});

test("the Release board has the name and the variables that alerts call it by", () => {
  const { uid, templating } = dashboard("release");
  assert.equal(uid, "sluice-release");
  const names = templating?.list?.map(({ name }) => name) ?? [];
  assert.ok(names.includes("namespace") && names.includes("service"), names.join(", "));
});

/** Each link once; undefined for alerts without one. */
function linksOf(slos: readonly Slo[], dashboards?: string): readonly (string | undefined)[] {
  const { spec } = prometheusRule("slos", "shop", slos, dashboards === undefined ? {} : { dashboards });
  const alerts = annotated.parse(spec).groups.flatMap(({ rules }) => rules.flatMap(({ annotations }) => annotations ?? []));
  return [...new Set(alerts.map(({ dashboard_url }) => dashboard_url))];
}
