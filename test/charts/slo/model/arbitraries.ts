import fc from "fast-check";
import type { MetricSource, Sli } from "../../../../charts/slo/index.ts";

const labelName = fc.stringMatching(/^[a-zA-Z_][a-zA-Z0-9_]{0,8}$/);
const labels = fc.dictionary(labelName, fc.string({ minLength: 1 }), { minKeys: 1, maxKeys: 3 });

const source: fc.Arbitrary<MetricSource> = fc.oneof(
  fc.record({
    kind: fc.constant("istio" as const),
    namespace: fc.string({ minLength: 1 }),
    services: fc.array(fc.string({ minLength: 1 }), { minLength: 1, maxLength: 3 }),
    reporter: fc.constantFrom("source", "destination", "waypoint"),
  }),
  fc.record({ kind: fc.constantFrom("app", "otel", "kong"), labels }),
);

const selector = fc.constantFrom(
  "jobs_total",
  "jobs_total{}",
  ' jobs_total{ queue="mail" , }',
  '{__name__="jobs_total"}',
  "jobs:total{a!='b'}",
);

/** SLIs without problems, but with any text for a label's value and any threshold. */
export const anySli: fc.Arbitrary<Sli> = fc.oneof(
  fc.record({ type: fc.constant("availability" as const), from: source }),
  fc.record({
    type: fc.constant("latency" as const),
    from: source,
    thresholdMs: fc.double({ min: 1e-6, max: 1e12, noNaN: true }),
    native: fc.boolean(),
  }),
  fc.record({ type: fc.constant("counters" as const), total: selector, bad: selector }),
  fc.record({ type: fc.constant("counters" as const), total: selector, good: selector }),
);

export const anyMatchers = fc.dictionary(labelName, fc.string(), { maxKeys: 2 });
export const anyGrouping = fc.uniqueArray(labelName, { maxLength: 3 });
