import assert from "node:assert/strict";
import { test } from "node:test";
import { analysisTemplate, calmRelease, presets, sloProblems } from "../../../../charts/slo/index.ts";
import { SOURCES } from "./sources.ts";

for (const [name, { objective, days, thresholdMs }] of Object.entries({
  threeNines: { objective: 99.9, days: 30, thresholdMs: undefined },
  twoAndAHalfNines: { objective: 99.5, days: 30, thresholdMs: undefined },
  fewErrorsADay: { objective: 99.9, days: 1, thresholdMs: undefined },
  mostWithin200ms: { objective: 95, days: 7, thresholdMs: 200 },
  p95Within300ms: { objective: 95, days: 30, thresholdMs: 300 },
  p99Within500ms: { objective: 99, days: 30, thresholdMs: 500 },
} satisfies Record<keyof typeof presets, unknown>)) {
  test(`${name}: ${objective} % over ${days} d${thresholdMs === undefined ? "" : ` within ${thresholdMs} ms`}`, () => {
    const slo = Object.entries(presets).find(([key]) => key === name)?.[1]("echo", SOURCES.istio);
    assert.ok(slo);
    assert.equal(slo.objective, objective);
    assert.deepEqual(slo.window, { days });
    assert.equal(slo.sli.type === "latency" ? slo.sli.thresholdMs : undefined, thresholdMs);
  });
}

for (const kind of ["istio", "app"] as const) {
  test(`a service can have all presets at once, counted by ${kind}`, () => {
    assert.deepEqual(sloProblems(Object.values(presets).map((preset) => preset("echo", SOURCES[kind]))), []);
  });
}

test("a latency preset whose threshold a source cannot tell is refused, not taken for good", () => {
  const [found, ...others] = sloProblems([presets.p95Within300ms("echo", SOURCES.kong)]);
  assert.deepEqual(others, []);
  assert.match(found?.reason ?? "", /^300 is no bucket of the histogram .* 250, 400,.* bucketsMs$/);
});

test("a calm release is what the analysis in the cluster judges: two windows within five minutes, at 2 %", () => {
  const props = { service: "echo", namespace: "default", alpha: 0.01, beta: 0.05 };
  const { spec } = analysisTemplate({ ...props, ...calmRelease });
  const { spec: twice } = analysisTemplate({ ...props, ...calmRelease, slis: [{ ...calmRelease.slis[0], limit: 0.04 }] });
  assert.partialDeepStrictEqual(spec, { metrics: [{ name: "release-errors", initialDelay: "150s", interval: "150s", failureLimit: 1 }] });
  assert.notDeepEqual(spec, twice);
});
