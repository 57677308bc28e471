// What a service does at present, out of samples.
import assert from "node:assert/strict";
import { test } from "node:test";
import { historyFrom, type Revision, type Series } from "../../../gate/conductor/history.ts";
import { presentOf } from "../../../gate/conductor/present.ts";

/** When the samples are read; seconds. */
const NOW = 10_000;

/** Requests a second, from so many seconds before now to so many seconds before now. */
interface Traffic {
  readonly revision?: Revision;
  readonly code?: 200 | 503;
  readonly perSecond: number;
  readonly from?: number;
  readonly to?: number;
}

/** A counter that is scraped every second, since it first counted anything. @param phase when in the second that is */
function counter({ revision = "stable", code = 200, perSecond, from = 400, to = 0 }: Traffic, phase = 0): Series {
  const times = Array.from({ length: 360 }, (_, i) => NOW - 360 + i + phase);
  const counted = times.map((time) => ({ time, total: perSecond * Math.max(0, Math.min(time, NOW - to) - (NOW - from)) }));
  const points = counted.filter(({ total }) => total > 0).map(({ time, total }) => ({ time, total, bad: code === 503 ? total : 0 }));
  return { key: `${revision} ${code} ${phase}`, revision, points, broken: [] };
}

function present(...series: readonly Series[]) {
  const { requests, seconds, requestsPerSecond, badShare } = presentOf(
    historyFrom({ to: NOW, series: { availability: series }, lastScrape: NOW - 1 }),
    ["availability"],
  );
  return { requests: Math.round(requests), seconds, perSecond: Math.round(requestsPerSecond * 100) / 100, bad: badShare.availability };
}

test("a steady service is measured over the last minute, failed requests and all", () => {
  const failing = counter({ perSecond: 2, code: 503 });
  assert.deepEqual(present(counter({ perSecond: 198 }), failing), { requests: 12_000, seconds: 60, perSecond: 200, bad: 0.01 });
});

test("what the mesh answered before the service was there, and the time before anybody called it, do not count", () => {
  const starting = counter({ perSecond: 200, code: 503, from: 40, to: 20 });
  assert.deepEqual(present(starting, counter({ perSecond: 200, from: 20 })), { requests: 3600, seconds: 18, perSecond: 200, bad: 0 });
});

test("an outage of a service that was there counts", () => {
  const before = counter({ perSecond: 100, to: 30 });
  const outage = counter({ perSecond: 100, code: 503, from: 30, to: 15 });
  const after = { ...counter({ perSecond: 100, from: 15 }), key: "after" };
  const { seconds, bad } = present(before, outage, after);
  assert.equal(seconds, 60);
  assert.equal(bad, 0.25);
});

test("the time in which a canary had a part of the requests does not count", () => {
  const canary = counter({ revision: "canary", code: 503, perSecond: 50, from: 90, to: 12 });
  const old = counter({ revision: "canary", perSecond: 50, from: 400, to: 380 });
  assert.deepEqual(present(counter({ perSecond: 200 }), canary, old), { requests: 2200, seconds: 11, perSecond: 200, bad: 0 });
});

test("where a minute has few requests five are looked at", () => {
  assert.deepEqual(present(counter({ perSecond: 0.5 })), { requests: 150, seconds: 300, perSecond: 0.5, bad: 0 });
});

test("a service that nobody calls, or scrapes, any more has no traffic, whatever it had", () => {
  assert.equal(present(counter({ perSecond: 200, to: 70 })).requests, 0);
  const series = counter({ perSecond: 200 });
  assert.equal(present({ ...series, points: series.points.filter(({ time }) => time < NOW - 70) }).requests, 0);
  assert.deepEqual(present(), { requests: 0, seconds: 60, perSecond: 0, bad: undefined });
});

test("a Prometheus that has begun to scrape takes no counter's past for requests of the present", () => {
  const young = (series: Series): Series => ({ ...series, points: series.points.filter(({ time }) => time > NOW - 20) });
  const proxies = [counter({ perSecond: 100 }), counter({ perSecond: 100 }, 0.4)].map(young);
  assert.equal(present(...proxies).perSecond, 200);
});
