// Requests through a mesh, counted as the mesh counts them, and a Prometheus that scrapes it every second.
import { type Metrics, Silent } from "../../../../gate/conductor/prometheus.ts";
import type { Source } from "../../../../gate/conductor/queries.ts";
import { availabilitySeries, latencySeries, type RawSeries } from "../../../../gate/conductor/samples.ts";
import type { Controller } from "./controller.ts";
import { TICK_MS, type Time } from "./time.ts";

export interface Behaviour {
  /** Share of answers with 500. */
  readonly errors?: number;
  /** Share of answers slower than the threshold. */
  readonly slow?: number;
}

export interface TrafficOptions {
  readonly requestsPerSecond: number;
  /** Share of the requests that may be copied. */
  readonly reads: number;
  readonly canary: Behaviour;
  readonly stable: Behaviour;
  readonly seed: number;
}

export interface Traffic {
  metrics(source: Source): Metrics;
  /** Failed requests of users so far. */
  readonly failures: { readonly canary: number; readonly stable: number };
  /** From now on so many times as many requests. */
  setTraffic(factor: number): void;
  /** The proxies restart: every counter begins again at 0. */
  resetCounters(): void;
  /** Prometheus stops: it neither scrapes nor answers. */
  stopPrometheus(): void;
  startPrometheus(): void;
  stopAnswering(): void;
}

type Kind = "requests" | "count" | "bucket";
type Counter = { readonly metric: Readonly<Record<string, string>>; value: number; readonly samples: [number, string][] };

const SCRAPE_MS = 1000;
/** A scrape comes so long before the full second. */
const SCRAPE_PHASE_MS = 700;

/** @param copied which part of the reads is copied now, in percent */
export function traffic(time: Time, rollout: Controller, copied: () => number, options: TrafficOptions): Traffic {
  const { view, meshWeight, preview } = rollout;
  const draw = random(options.seed);
  const counters: Record<Kind, Map<string, Counter>> = { requests: new Map(), count: new Map(), bucket: new Map() };
  const failures = { canary: 0, stable: 0 };
  let [scraping, answering] = [true, true];
  let factor = 1;
  let due = 0;

  time.everyTick(() => {
    due += (options.requestsPerSecond * factor * TICK_MS) / 1000;
    for (; due >= 1; due--) request();
    if (scraping && (time.now() + SCRAPE_PHASE_MS) % SCRAPE_MS < TICK_MS) scrape();
  });

  function request(): void {
    const { stable } = view();
    if (stable === "") return;
    const toCanary = draw() * 100 < meshWeight();
    // After a promotion stable is the new version.
    const behaviour = toCanary || stable !== "old" ? options.canary : options.stable;
    const service = { destination_service_name: `echo-${toCanary ? "canary" : "stable"}` };
    if (answer(behaviour, { ...service, rollouts_pod_template_hash: toCanary ? view().revision : stable }))
      failures[toCanary ? "canary" : "stable"]++;
    const copyTo = copied() > 0 ? preview() : undefined;
    if (copyTo !== undefined && draw() < options.reads * (copied() / 100))
      answer(options.canary, { destination_service_name: "echo-canary", rollouts_pod_template_hash: copyTo });
  }

  /** One request, as the mesh counts it. Whether it failed. */
  function answer(behaviour: Behaviour, labels: Readonly<Record<string, string>>): boolean {
    const failed = draw() < (behaviour.errors ?? 0);
    const slow = draw() < (behaviour.slow ?? 0);
    counter("requests", { ...labels, response_code: failed ? "500" : "200" }).value++;
    counter("count", labels).value++;
    const bucket = counter("bucket", { ...labels, le: "300.0" });
    if (!slow) bucket.value++;
    return failed;
  }

  function counter(kind: Kind, labels: Readonly<Record<string, string>>): Counter {
    const key = JSON.stringify(labels);
    const found = counters[kind].get(key) ?? { metric: labels, value: 0, samples: [] };
    counters[kind].set(key, found);
    return found;
  }

  function everyCounter(): readonly Counter[] {
    return Object.values(counters).flatMap((all) => [...all.values()]);
  }

  function scrape(): void {
    for (const { samples, value } of everyCounter()) samples.push([time.now() / 1000, String(value)]);
  }

  function samplesOf(kind: Kind, from: number, to: number): readonly RawSeries[] {
    return [...counters[kind].values()].flatMap(({ metric, samples }) => {
      const values = samples.filter(([at]) => at > from && at <= to);
      return values.length > 0 ? [{ metric, values }] : [];
    });
  }

  return {
    failures,
    metrics: ({ revisionOf }) => ({
      async read(from, to) {
        if (!answering) throw new Silent("Prometheus does not answer: ECONNREFUSED");
        const series = {
          availability: availabilitySeries(samplesOf("requests", from, to), revisionOf),
          latency: latencySeries(samplesOf("count", from, to), samplesOf("bucket", from, to), revisionOf),
        };
        return { to, series, lastScrape: to };
      },
    }),
    setTraffic(next) {
      factor = next;
    },
    resetCounters() {
      for (const one of everyCounter()) one.value = 0;
    },
    stopPrometheus() {
      [scraping, answering] = [false, false];
    },
    startPrometheus() {
      [scraping, answering] = [true, true];
    },
    stopAnswering() {
      answering = false;
    },
  };
}

/** Numbers in [0, 1) from a seed (mulberry32). */
function random(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296;
  };
}
