import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { countersOf, promqlProblem } from "../../../../charts/slo/index.ts";
import { anyGrouping, anyMatchers, anySli } from "./arbitraries.ts";
import { SOURCES } from "./sources.ts";

const ISTIO = 'reporter="source",destination_service_namespace="default",destination_service_name=~"echo-stable|echo-canary"';

test("Istio: bad are answers with 5xx of all the service's Services, as one reporter counts them, and nought while there was none yet", () => {
  const { bad, total } = countersOf({ type: "availability", from: SOURCES.istio });
  const all = `sum(increase(istio_requests_total{${ISTIO}}[5m]))`;
  assert.equal(total("5m", []), all);
  assert.equal(bad("5m", []), `(sum(increase(istio_requests_total{${ISTIO},response_code=~"5.."}[5m])) or ${all} * 0)`);
});

test("Istio: slow is what is not in the threshold's bucket, in whichever spelling", () => {
  const { bad, total } = countersOf({ type: "latency", from: SOURCES.istio, thresholdMs: 500 });
  const all = `sum(increase(istio_request_duration_milliseconds_count{${ISTIO}}[1h]))`;
  assert.equal(total("1h", []), all);
  const inTime = `sum(increase(istio_request_duration_milliseconds_bucket{${ISTIO},le=~"500|500\\\\.0"}[1h]))`;
  assert.equal(bad("1h", []), `(${all} - ${inTime})`);
});

test("an ambient mesh counts in its waypoint, and one Service is picked by equality", () => {
  const from = { ...SOURCES.istio, services: ["echo"], reporter: "waypoint" } as const;
  assert.match(countersOf({ type: "availability", from }).total("5m", []), /\{reporter="waypoint",.*destination_service_name="echo"\}/);
});

for (const [kind, requests, durations] of [
  ["app", 'http_requests_total{job="echo"}', 'http_request_duration_seconds_bucket{job="echo",le="0.25"}'],
  [
    "otel",
    'http_server_request_duration_seconds_count{job="default/echo"}',
    'http_server_request_duration_seconds_bucket{job="default/echo",le="0.25"}',
  ],
  [
    "kong",
    'kong_http_requests_total{exported_service="echo"}',
    'kong_request_latency_ms_bucket{exported_service="echo",le=~"250|250\\\\.0"}',
  ],
] as const) {
  test(`${kind}: its own names and unit`, () => {
    const from = SOURCES[kind];
    assert.equal(countersOf({ type: "availability", from }).total("5m", []), `sum(increase(${requests}[5m]))`);
    assert.ok(countersOf({ type: "latency", from, thresholdMs: 250 }).bad("5m", []).includes(`increase(${durations}[5m])`));
  });
}

test("OpenTelemetry's status code is an attribute, which Prometheus writes with underscores", () => {
  assert.match(countersOf({ type: "availability", from: SOURCES.otel }).bad("5m", []), /http_response_status_code=~"5\.\."/);
});

for (const [thresholdMs, le] of [
  [1, '"0.001"'],
  [1_000, '~"1|1\\\\.0"'],
  [2_500, '"2.5"'],
  [1_100, '"1.1"'],
  [0.05, '~"0\\\\.00005|5e-05"'],
] as const) {
  test(`a threshold of ${thresholdMs} ms in a histogram of seconds is le=${le}`, () => {
    assert.ok(countersOf({ type: "latency", from: SOURCES.app, thresholdMs }).bad("5m", []).includes(`le=${le}`));
  });
}

test("from a million on, Prometheus 3 writes a bucket's bound with a power of ten", () => {
  const { bad } = countersOf({ type: "latency", from: SOURCES.istio, thresholdMs: 1_800_000 });
  assert.ok(bad("5m", []).includes('le=~"1800000|1\\\\.8e\\\\+06"'), bad("5m", []));
});

test("grouping and further labels are in every part of a query", () => {
  for (const sli of [
    { type: "availability", from: SOURCES.istio },
    { type: "latency", from: SOURCES.istio, thresholdMs: 300 },
    { type: "latency", from: SOURCES.app, thresholdMs: 300, native: true },
    { type: "counters", good: 'jobs_done_total{queue="mail"}', total: "jobs_total" },
  ] as const) {
    const { bad, total } = countersOf(sli, { matchers: { hash: "6bdf" } });
    for (const query of [bad("5m", ["a", "b"]), total("5m", ["a", "b"])]) {
      const increases = query.match(/increase\(/g)?.length;
      assert.equal(query.match(/sum by \(a, b\) \(increase\(/g)?.length, increases, query);
      assert.equal(query.match(/hash="6bdf"/g)?.length, increases, query);
    }
  }
});

test("counters of one's own keep their selectors, with or without conditions", () => {
  const { bad, total } = countersOf(
    { type: "counters", bad: "  failed_total{ queue='mail', } ", total: "jobs_total{}" },
    { matchers: { a: "b" } },
  );
  assert.equal(total("5m", []), 'sum(increase(jobs_total{a="b"}[5m]))');
  assert.ok(bad("5m", []).startsWith("(sum(increase(failed_total{a=\"b\",queue='mail',}[5m])) or "), bad("5m", []));
});

test("a selector that is none is refused here too, since it would end in a query of another meaning", () => {
  assert.throws(() => countersOf({ type: "counters", bad: "rate(x[5m])", total: "y" }), /is not an instant selector/);
});

test("whatever the SLI, the labels and their values: Prometheus' parser takes every query", () => {
  fc.assert(
    fc.property(anySli, anyMatchers, anyGrouping, (sli, matchers, by) => {
      const { bad, total } = countersOf(sli, { matchers });
      for (const query of [bad("5m", by), total("30d", by), `${bad("1h", by)} / ${total("1h", by)}`])
        assert.equal(promqlProblem(query), undefined, query);
    }),
  );
});
