// What is told of a rollout, as Prometheus gets it.
import assert from "node:assert/strict";
import test from "node:test";
import { decide, type Look, type Plan } from "../../../gate/index.ts";
import { exportRequest } from "../../../gate/telemetry/otlp.ts";
import { lookSamples, type Sample, verdictSamples } from "../../../gate/telemetry/series.ts";
import { gateInputs } from "../../support/gateInputs.ts";

const plan: Plan = {
  steps: [10, 25, 50],
  slis: [
    { name: "availability", limit: 0.02 },
    { name: "latency", limit: 0.1 },
  ],
};
const of = { namespace: "default", service: "echo", revision: "6c8f" };
const none = { silent: 0, "no share": 0 };

/** A look in which latency was blind. */
const look = (at: number, step: number, bad: number, stableBad = 1): Look => ({
  ...{ at, step, stepStartedAt: 0 },
  slis: { availability: { canary: { total: 100, bad }, stable: { total: 900, bad: stableBad } } },
});

function told(looks: readonly Look[], step = 0, missed = none) {
  return lookSamples(of, { plan, looks, decision: decide(plan, looks), step, deadline: 1_795_000_120, missed });
}

/** Values by name and the labels that are not of every series. */
function values(samples: readonly Sample[]): Readonly<Record<string, number>> {
  return Object.fromEntries(
    samples.map(({ name, labels: { namespace, service, revision, ...labels }, value }) => [
      [name, ...Object.values(labels)].join(" "),
      Number(value.toPrecision(3)),
    ]),
  );
}

test("a rollout that was looked at twice shows where it stands, its counts and its evidence beside what decides", () => {
  const looks = [look(1, 0, 0), look(2, 1, 1)];
  const { logE, terms, good } = decide(plan, looks);
  const e = (log = Number.NaN) => Number(Math.exp(log).toPrecision(3));
  assert.deepEqual(values(told(looks, 1, { silent: 3, "no share": 2 })), {
    sluice_gate_step: 2,
    sluice_gate_weight_ratio: 0.25,
    sluice_gate_deadline_timestamp_seconds: 1_800_000_000,
    sluice_gate_evidence: e(logE),
    sluice_gate_evidence_limit: 100,
    sluice_gate_good_limit: 20,
    sluice_gate_looks_total: 2,
    "sluice_gate_looks_without_evidence_total silent": 3,
    "sluice_gate_looks_without_evidence_total no share": 2,
    "sluice_gate_looks_without_evidence_total blind": 2,
    "sluice_gate_sli_limit_ratio availability": 0.02,
    "sluice_gate_sli_evidence availability limit": e(terms["availability/limit"]),
    "sluice_gate_sli_evidence availability stable": e(terms["availability/comparison"]),
    "sluice_gate_sli_good availability limit": e(good.availability),
    "sluice_gate_requests_total availability canary": 200,
    "sluice_gate_bad_requests_total availability canary": 1,
    "sluice_gate_requests_total availability stable": 1800,
    "sluice_gate_bad_requests_total availability stable": 2,
    "sluice_gate_sli_limit_ratio latency": 0.1,
    "sluice_gate_sli_evidence latency limit": 1,
    "sluice_gate_sli_evidence latency stable": 1,
    "sluice_gate_sli_good latency limit": 1,
    "sluice_gate_requests_total latency canary": 0,
    "sluice_gate_bad_requests_total latency canary": 0,
    "sluice_gate_requests_total latency stable": 0,
    "sluice_gate_bad_requests_total latency stable": 0,
  });
});

test("where requests are copied the canary has none of the users'", () => {
  const copied: Plan = { ...plan, strategy: "blueGreen", steps: [100] };
  const samples = lookSamples(of, { plan: copied, looks: [], decision: decide(copied, []), step: 0, deadline: 0, missed: none });
  assert.equal(values(samples).sluice_gate_weight_ratio, 0);
});

test("every series is there before the first look, so that its first event is an increase", () => {
  const before = told([]).map(({ name, labels }) => JSON.stringify([name, labels]));
  assert.deepEqual(
    before,
    told([look(1, 0, 0)]).map(({ name, labels }) => JSON.stringify([name, labels])),
  );
});

test("evidence that is impossible is 0, and evidence beyond any number is still a number", () => {
  const broken = Array.from({ length: 50 }, (_, i) => look(i, 0, 100, 900));
  const shown = values(told(broken));
  assert.equal(shown["sluice_gate_sli_evidence availability limit"], 0, "it is judged against stable alone");
  assert.equal(shown["sluice_gate_sli_good availability limit"], undefined);
  assert.ok(Number(shown["sluice_gate_sli_good availability stable"]) < 1);
  const bad = values(told(Array.from({ length: 50 }, (_, i) => look(i, 0, 100))));
  assert.ok(Number.isFinite(bad.sluice_gate_evidence) && Number(bad.sluice_gate_evidence) > 1e100);
  for (const { value } of told(broken)) assert.ok(Number.isFinite(value));
});

test("a verdict says what gave it, and is one sample at its time", () => {
  const by = (verdict: "promoted" | "rolled back" | "held", decidedBy?: string) =>
    values(verdictSamples(of, { verdict, decidedBy }, 1_795_000_000));
  assert.deepEqual(by("rolled back", "latency"), { "sluice_gate_verdict_timestamp_seconds rolled back latency": 1_800_000_000 });
  assert.deepEqual(Object.keys(by("promoted")), ["sluice_gate_verdict_timestamp_seconds promoted evidence"]);
  assert.deepEqual(Object.keys(by("held")), ["sluice_gate_verdict_timestamp_seconds held no evidence"]);
});

test("whatever else is known of a rollout is no label", () => {
  const known = { ...gateInputs, revision: "6c8f", kubeconfig: "token: c2VjcmV0" };
  const samples = [
    ...lookSamples(known, { plan, looks: [], decision: decide(plan, []), step: 0, deadline: 0, missed: none }),
    ...verdictSamples(known, { verdict: "held", decidedBy: undefined }, 0),
  ];
  const labels = new Set(samples.flatMap((sample) => Object.keys(sample.labels)));
  assert.deepEqual([...labels].sort(), ["against", "by", "namespace", "reason", "revision", "service", "side", "sli", "verdict"]);
});

test("names follow Prometheus' rules: counters end in _total, gauges do not, units are base units", () => {
  for (const { name, kind } of [...told([]), ...verdictSamples(of, { verdict: "held", decidedBy: undefined }, 0)]) {
    assert.match(name, /^sluice_gate_[a-z_]+$/);
    assert.equal(name.endsWith("_total"), kind === "counter", name);
  }
});

test("an export is OTLP's JSON: a metric of each name, its points with their labels, and ended series without a value", () => {
  const [sample] = verdictSamples(of, { verdict: "held", decidedBy: undefined }, 5);
  const counter: Sample = { name: "sluice_gate_looks_total", kind: "counter", labels: { revision: "6c8f" }, value: 7 };
  assert.ok(sample);
  const attributes = [{ key: "revision", value: { stringValue: "6c8f" } }];
  assert.deepEqual(exportRequest([counter], [{ ...sample, labels: counter.labels }], 1_795_000_000_123), {
    resourceMetrics: [
      {
        resource: { attributes: [{ key: "service.name", value: { stringValue: "sluice-gate" } }] },
        scopeMetrics: [
          {
            metrics: [
              {
                name: "sluice_gate_looks_total",
                sum: {
                  aggregationTemporality: 2,
                  isMonotonic: true,
                  dataPoints: [{ timeUnixNano: "1795000000123000000", attributes, asDouble: 7 }],
                },
              },
              {
                name: "sluice_gate_verdict_timestamp_seconds",
                gauge: { dataPoints: [{ timeUnixNano: "1795000000123000000", attributes, flags: 1 }] },
              },
            ],
          },
        ],
      },
    ],
  });
});
