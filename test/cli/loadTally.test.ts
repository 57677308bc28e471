import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { addLatency, emptyHistogram, quantile } from "../../cli/load/histogram.ts";
import { createTally, type LoadRecord, report } from "../../cli/load/tally.ts";

const latency = fc.double({ min: 0.1, max: 59_000, noNaN: true });
const record: fc.Arbitrary<LoadRecord> = fc.oneof(
  fc.record({
    dueAt: fc.nat(),
    latencyMs: latency,
    status: fc.constantFrom(200, 404, 500, 503),
    version: fc.constantFrom("1.0.0", "1.1.0", "__proto__"),
  }),
  fc.record({ dueAt: fc.nat(), latencyMs: latency, error: fc.constantFrom("timeout", "closed") }),
);

test("a quantile is within 1 % of the exact one", () => {
  fc.assert(
    fc.property(fc.array(latency, { minLength: 1 }), fc.constantFrom(0.5, 0.95, 0.99, 1), (latencies, share) => {
      const histogram = emptyHistogram();
      for (const ms of latencies) addLatency(histogram, ms);
      const exact = latencies.toSorted((a, b) => a - b)[Math.ceil(share * latencies.length) - 1] ?? Number.NaN;
      const found = quantile(histogram, share) ?? Number.NaN;
      assert.ok(found >= exact * 0.999_999 && found <= exact * 1.010_001, `${found} for ${exact}`);
    }),
  );
});

test("there is no quantile of nothing", () => assert.equal(quantile(emptyHistogram(), 0.5), undefined));

test("a window reports the same as a load that began at its mark", () => {
  fc.assert(
    fc.property(fc.array(record), fc.array(record), (earlier, later) => {
      const [whole, part] = [createTally(300), createTally(300)];
      for (const each of earlier) whole.add(each);
      const mark = whole.mark();
      for (const each of later) {
        whole.add(each);
        part.add(each);
      }
      assert.deepEqual(withoutFirst(report(whole.mark(), mark)), withoutFirst(report(part.mark())));
    }),
  );
});

/** `firstAt` is that of the whole load on purpose: when a version first served is asked for long after. */
function withoutFirst(value: object): unknown {
  return JSON.parse(JSON.stringify(value, (key, inner) => (key === "firstAt" ? undefined : inner)));
}

test("5xx fails, 4xx does not, and slow is later than the threshold whatever the code", () => {
  const tally = createTally(300);
  for (const [status, latencyMs] of [
    [200, 300],
    [200, 300.1],
    [404, 1],
    [500, 400],
  ] as const) {
    tally.add({ dueAt: 5, latencyMs, status, version: "1.0.0" });
  }
  tally.add({ dueAt: 1, latencyMs: 5000, error: "timeout" });
  const { total, errors } = report(tally.mark());
  assert.deepEqual([total.requests, total.failed, total.slow, total.firstAt], [4, 1, 2, 5]);
  assert.deepEqual(errors, { timeout: 1 });
});
