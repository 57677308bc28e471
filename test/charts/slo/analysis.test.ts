import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import type { AnalysisTemplateSpec } from "../../../charts/crds/index.ts";
import type { Manifest } from "../../../charts/manifest.ts";
import { failingLine, type Line, passingLine } from "../../../charts/slo/analysis/bounds.ts";
import {
  type AnalysisProps,
  analysisTemplate,
  backgroundAnalysis,
  promotionAnalysis,
  promotionTemplate,
} from "../../../charts/slo/analysis.ts";
import { promqlProblem } from "../../../charts/slo/index.ts";
import { judge } from "../../../gate/decision/index.ts";
import type { GateSli } from "../../../gate/index.ts";

const slis: readonly GateSli[] = [
  { name: "availability", kind: "availability", limit: 0.02, tolerance: 1.5 },
  { name: "latency", kind: "latency", thresholdMs: 300, limit: 0.1, tolerance: 1.5 },
];
const gate = { alpha: 0.01, beta: 0.05, deadlineSeconds: 600 };
const props: AnalysisProps = { service: "echo", namespace: "shop", prometheusUrl: "http://prometheus:9090", slis, ...gate };

const limits = fc.double({ min: 0.001, max: 0.9, noNaN: true });
const requests = fc.integer({ min: 1, max: 3000 });

test("at its limit a revision fails a window with at most the chance that was asked for, however many requests there are", () => {
  fc.assert(
    fc.property(limits, requests, fc.constantFrom(1e-2, 1e-5), (limit, n, chance) => {
      const { slope, offset } = failingLine(limit, chance);
      assert.ok(binomialTail(n, limit, Math.ceil(slope * n + offset)) <= chance);
    }),
  );
});

test("at its limit a revision is proven good with at most the chance that was asked for", () => {
  fc.assert(
    fc.property(limits, requests, (limit, n) => {
      const { slope, offset } = passingLine(limit, gate.beta);
      const most = Math.floor(slope * n + offset);
      assert.ok(most < 0 || 1 - binomialTail(n, limit, most + 1) <= gate.beta + 1e-9);
    }),
  );
});

test("between failure and success there is always room for neither, and few requests are always there", () => {
  fc.assert(
    fc.property(limits, fc.integer({ min: 0, max: 1_000_000 }), (limit, n) => {
      const [fail, pass] = [failingLine(limit, 1e-5), passingLine(limit, gate.beta)];
      assert.ok(at(fail, n) > limit * n && limit * n > at(pass, n));
      assert.ok(at(fail, n) > Math.min(n, 11), "fewer than 12 requests prove nothing bad");
    }),
  );
});

test("a revision that fails every request is caught with 17 of them", () => {
  const fail = failingLine(0.02, gate.alpha / 1000);
  assert.ok(at(fail, 16) > 16 && at(fail, 17) < 17);
});

test("no abort comes before the gate's deadline for the first step", () => {
  for (const { initialDelay, interval, failureLimit, failureCondition } of specOf(analysisTemplate(props)).metrics) {
    assert.equal(seconds(initialDelay) + failureLimit * seconds(interval), gate.deadlineSeconds);
    // The first window must not hold requests of an earlier canary, and no two windows the same requests.
    assert.equal(initialDelay, interval);
    assert.match(failureCondition, / >= /);
  }
});

test("a canary that the net would abort, the gate at work has rolled back before", () => {
  const rates = fc.constantFrom(0.1, 0.5, 2, 10, 100, 1000);
  const shares = fc.double({ min: 0.02, max: 1, noNaN: true });
  fc.assert(
    fc.property(rates, shares, (requestsPerSecond, share) => {
      fc.pre(netAborts(requestsPerSecond, share));
      assert.ok(gateRollsBack(requestsPerSecond, share), `${share} bad of ${requestsPerSecond} requests a second`);
    }),
  );
});

test("what is not known never ends a canary's run", () => {
  for (const metric of specOf(analysisTemplate(props)).metrics) {
    assert.equal(metric.inconclusiveLimit, 2 ** 31 - 1);
    assert.equal(metric.consecutiveErrorLimit, 2 ** 31 - 1);
    assert.equal(metric.count, undefined);
  }
});

test("the analysis after a switch ends by itself, and its windows can fail before", () => {
  for (const { count = 0, failureLimit, inconclusiveLimit } of specOf(promotionTemplate(props)).metrics) {
    assert.ok(count > failureLimit, "it could never fail");
    assert.ok(inconclusiveLimit >= count, "few requests would pause the Rollout");
    assert.ok(inconclusiveLimit <= count, "Argo Rollouts refuses it, and goes back");
  }
});

test("every query is PromQL, and counts by the caller's proxy, in the service's namespace", () => {
  const metrics = [analysisTemplate(props), promotionTemplate(props)].flatMap((manifest) => specOf(manifest).metrics);
  assert.equal(metrics.length, 4);
  for (const { query } of metrics.map((metric) => metric.provider.prometheus)) {
    assert.equal(promqlProblem(query), undefined);
    const selectors = query.match(/\{[^}]*\}/g) ?? [];
    assert.ok(selectors.length > 0);
    for (const selector of selectors) assert.match(selector, /reporter="source",destination_service_namespace="shop"/);
  }
});

test("a canary is judged beside stable, a blue-green revision after its switch by the Service that leads to it alone", () => {
  const servicesOf = (manifest: Manifest) => [...new Set(JSON.stringify(manifest).match(/echo-(canary|stable)(?=\\")/g))];
  assert.deepEqual(servicesOf(analysisTemplate(props)).sort(), ["echo-canary", "echo-stable"]);
  assert.deepEqual(servicesOf(promotionTemplate(props)), ["echo-stable"]);
});

test("the Rollout names the template that is made", () => {
  assert.deepEqual(backgroundAnalysis("echo").templates, [{ templateName: analysisTemplate(props).metadata.name }]);
  assert.deepEqual(promotionAnalysis("echo").templates, [{ templateName: promotionTemplate(props).metadata.name }]);
});

function specOf({ spec }: Manifest): AnalysisTemplateSpec {
  assert.ok(isSpec(spec));
  return spec;
}

function isSpec(spec: unknown): spec is AnalysisTemplateSpec {
  return typeof spec === "object" && spec !== null && "metrics" in spec && Array.isArray(spec.metrics);
}

function seconds(duration: string): number {
  assert.match(duration, /^\d+s$/);
  return Number.parseInt(duration, 10);
}

function at({ slope, offset }: Line, n: number): number {
  return slope * n + offset;
}

/** P(at least `least` of n), summed in logs from the terms' ratios. */
function binomialTail(n: number, share: number, least: number): number {
  let term = n * Math.log1p(-share);
  let tail = 0;
  for (let k = 0; k <= n; k++) {
    if (k >= least) tail += Math.exp(term);
    term += Math.log((n - k) / (k + 1)) + Math.log(share) - Math.log1p(-share);
  }
  return tail;
}

/** Whether the net aborts a canary that is constantly this bad, at the gate's deadline: both windows fail. */
function netAborts(requestsPerSecond: number, share: number): boolean {
  const n = (requestsPerSecond * gate.deadlineSeconds) / 2;
  return Math.floor(n * share) >= at(failingLine(0.02, gate.alpha / 1000), n);
}

/** Whether the gate rolls the same canary back at its first step, of 10 %, before that deadline. It looks every five seconds. */
function gateRollsBack(requestsPerSecond: number, share: number): boolean {
  const judging = judge({ steps: [10, 25, 50], ...gate, slis: slis.map(({ name, limit, tolerance }) => ({ name, limit, tolerance })) });
  const until = (seconds: number) => ({
    total: Math.floor(requestsPerSecond * seconds),
    bad: Math.floor(requestsPerSecond * seconds * share),
  });
  const looks = Array.from({ length: gate.deadlineSeconds / 5 - 1 }, (_, i) => 5 * (i + 1));
  return looks.some((seconds) => {
    const [now, before] = [until(seconds), until(seconds - 5)];
    const canary = { total: now.total - before.total, bad: now.bad - before.bad };
    const good = { canary: { total: canary.total, bad: 0 }, stable: { total: 9 * canary.total, bad: 0 } };
    const availability = { ...good, canary };
    return judging.look({ at: seconds, step: 0, slis: { availability, latency: good } }).decision === "rollback";
  });
}
