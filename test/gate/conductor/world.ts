// A world for the conductor, in virtual time: a Rollout with its controller, a mesh with traffic, Prometheus, and conductors
// that can be killed. Deterministic: every draw comes from a seed, and time passes only while everybody sleeps.
import type { Cluster, LeaseFields, LeaseView } from "../../../gate/conductor/cluster.ts";
import type { Edges } from "../../../gate/conductor/edges.ts";
import type { GateInputs } from "../../../gate/conductor/inputs.ts";
import { Unavailable } from "../../../gate/conductor/kube.ts";
import type { PodView } from "../../../gate/conductor/pods.ts";
import { type Metrics, Silent } from "../../../gate/conductor/prometheus.ts";
import type { Services } from "../../../gate/conductor/queries.ts";
import type { RolloutView } from "../../../gate/conductor/rollout.ts";
import { availabilitySeries, latencySeries, type RawSeries } from "../../../gate/conductor/samples.ts";
import { gateInputs } from "../../support/gateInputs.ts";

export interface Behaviour {
  /** Share of answers with 500. */
  readonly errors?: number;
  /** Share of answers slower than the threshold. */
  readonly slow?: number;
}

export interface WorldOptions {
  readonly requestsPerSecond?: number;
  readonly steps?: readonly number[];
  readonly canary?: Behaviour;
  readonly stable?: Behaviour;
  /** Seconds until the canary's pods are ready; never, with a reason, where it is a text. */
  readonly pods?: number | string;
  /** Why the controller can make no revision of a new template. */
  readonly refusal?: string;
  /** A service that was never rolled out before. */
  readonly firstRevision?: boolean;
  /** Timers fire a little before their time, as real ones may. */
  readonly earlyTimers?: boolean;
  readonly seed?: number;
  readonly inputs?: Partial<GateInputs>;
}

export interface Conductor {
  readonly edges: Edges;
  /** What it told the operator. */
  readonly said: string[];
  readonly died: Promise<"died">;
  /** How often it asked the world for anything. */
  calls(): number;
  kill(): void;
  interrupt(): void;
  orphan(): void;
}

export const SECRET = "c2VjcmV0LXRva2Vu";

const START = Date.UTC(2026, 10, 21, 12, 0, 0);
const TICK_MS = 50;
const SCRAPE_MS = 1000;
const CONTROLLER_MS = 300;
/** The controller says that it has seen a template before it names the revision, as the real one does. */
const NAMING_MS = 600;
const MESH_MS = 200;

type Series = "requests" | "count" | "bucket";
type Counter = { readonly metric: Record<string, string>; value: number; readonly samples: [number, string][] };

interface ControllerState {
  readonly aborted: boolean;
  readonly weight: number;
  readonly healthy: boolean;
  readonly observed: boolean;
  readonly message: string;
  readonly refusal?: string;
}

export function world(options: WorldOptions = {}) {
  const {
    requestsPerSecond = 200,
    steps = [10, 25, 50],
    canary = {},
    stable = { errors: 0.001, slow: 0.001 },
    pods = 1,
    seed = 1,
  } = options;
  const draw = random(seed);
  const counters: Record<Series, Map<string, Counter>> = { requests: new Map(), count: new Map(), bucket: new Map() };
  const sleepers: { readonly at: number; readonly wake: () => void }[] = [];
  const schedule: { readonly at: number; readonly run: () => void }[] = [];
  const lines: string[] = [];
  let now = START;
  let pumping = false;
  let due = 0;

  // The Rollout and its controller
  const firstRevision = options.firstRevision ?? false;
  const rollout = { version: 1, revision: firstRevision ? "" : "old", stable: firstRevision ? "" : "old", number: firstRevision ? 0 : 1 };
  /** What the controller calls the newest revision. */
  let named = { revision: rollout.revision, number: rollout.number };
  let state: ControllerState = { aborted: false, weight: 0, healthy: !firstRevision, observed: true, message: "" };
  let paused: { readonly at: number; readonly since: number } | undefined;
  let meshWeight = 0;
  let podsReady = 0;

  const change = (set: () => void) => {
    set();
    rollout.version++;
  };
  const later = (ms: number, run: () => void) => schedule.push({ at: now + ms, run: () => change(run) });
  const setWeight = (weight: number) => {
    state = { ...state, weight };
    schedule.push({ at: now + MESH_MS, run: () => (meshWeight = weight) });
  };
  const stand = (at: number) => {
    setWeight(steps[at] ?? 100);
    paused = { at, since: Math.floor(now / 1000) };
  };

  function startCanary(): void {
    const revision = rollout.revision;
    if (typeof pods === "string") return;
    later(pods * 1000, () => {
      if (rollout.revision !== revision || state.aborted) return;
      podsReady = 1;
      if (rollout.stable === "") {
        rollout.stable = revision;
        state = { ...state, healthy: true };
      } else later(CONTROLLER_MS, () => stand(0));
    });
  }

  /** Applies a template, as `pulumi up` does. */
  function apply(revision: string): void {
    const { refusal } = options;
    if (refusal !== undefined && revision !== rollout.stable) {
      // The controller has looked at the template, and goes on naming, and calling healthy, the revision before.
      change(() => (state = { ...state, refusal }));
      return;
    }
    change(() => {
      rollout.revision = revision;
      rollout.number++;
      paused = undefined;
      podsReady = 0;
      state = { ...state, aborted: false, message: "", observed: false, healthy: revision === rollout.stable };
    });
    later(100, () => (state = { ...state, observed: true }));
    later(NAMING_MS, () => {
      named = { revision, number: rollout.number };
      if (revision === rollout.stable) setWeight(0);
      else startCanary();
    });
  }

  function view(): RolloutView {
    const phase = state.aborted ? "Degraded" : state.healthy ? "Healthy" : paused ? "Paused" : "Progressing";
    return {
      uid: "u1",
      resourceVersion: String(rollout.version),
      observed: state.observed,
      revision: named.revision,
      stable: rollout.stable,
      number: rollout.number,
      phase,
      message: state.message,
      aborted: state.aborted,
      weights: steps,
      canaryWeight: state.weight,
      specPaused: false,
      ...(state.refusal !== undefined && { refusal: state.refusal }),
      ...(paused && { pausedAt: paused.at, pausedSince: paused.since }),
    };
  }

  function advance(): void {
    const at = paused?.at ?? 0;
    change(() => (paused = undefined));
    later(CONTROLLER_MS, () => {
      if (at + 1 < steps.length) return stand(at + 1);
      rollout.stable = rollout.revision;
      state = { ...state, healthy: true };
      setWeight(0);
    });
  }

  function abort(message = ""): void {
    change(() => {
      paused = undefined;
      state = { ...state, aborted: true, message };
    });
    later(CONTROLLER_MS, () => setWeight(0));
  }

  // Traffic, counters and scrapes
  let scraping = true;
  let answering = true;
  let apiUp = true;
  let traffic = 1;

  function counter(of: Series, labels: Record<string, string>): Counter {
    const key = JSON.stringify(labels);
    const found = counters[of].get(key) ?? { metric: labels, value: 0, samples: [] };
    counters[of].set(key, found);
    return found;
  }

  function request(): void {
    if (rollout.stable === "") return;
    const toCanary = draw() * 100 < meshWeight;
    // After a promotion stable is the new version.
    const behaviour = toCanary || rollout.stable !== "old" ? canary : stable;
    const name = `echo-${toCanary ? "canary" : "stable"}`;
    const failed = draw() < (behaviour.errors ?? 0);
    const slow = draw() < (behaviour.slow ?? 0);
    if (failed) failures[toCanary ? "canary" : "stable"]++;
    counter("requests", { destination_service_name: name, response_code: failed ? "500" : "200" }).value++;
    counter("count", { destination_service_name: name }).value++;
    const bucket = counter("bucket", { destination_service_name: name, le: "300.0" });
    if (!slow) bucket.value++;
  }
  const failures = { canary: 0, stable: 0 };

  function scrape(): void {
    for (const all of Object.values(counters)) for (const c of all.values()) c.samples.push([now / 1000, String(c.value)]);
  }

  function tick(): void {
    now += TICK_MS;
    for (const event of schedule.filter(({ at }) => at <= now)) {
      schedule.splice(schedule.indexOf(event), 1);
      event.run();
    }
    due += (requestsPerSecond * traffic * TICK_MS) / 1000;
    for (; due >= 1; due--) request();
    if (scraping && (now + 700) % SCRAPE_MS < TICK_MS) scrape();
  }

  function pump(): void {
    if (pumping) return;
    pumping = true;
    setImmediate(() => {
      pumping = false;
      const next = sleepers.sort((a, b) => a.at - b.at)[0];
      if (!next) return;
      while (now < next.at) tick();
      sleepers.splice(sleepers.indexOf(next), 1);
      next.wake();
      if (sleepers.length > 0) pump();
    });
  }

  function sleep(ms: number, signal?: AbortSignal): Promise<void> {
    if (signal?.aborted) return Promise.resolve();
    return new Promise((resolve) => {
      const early = options.earlyTimers === true && ms > 200 ? 60 : 0;
      const sleeper = { at: now + ms - early, wake: resolve };
      sleepers.push(sleeper);
      signal?.addEventListener("abort", () => {
        const at = sleepers.indexOf(sleeper);
        if (at >= 0) sleepers.splice(at, 1);
        resolve();
      });
      pump();
    });
  }

  // What a conductor sees of all this
  let lease: LeaseView | undefined;
  let writes = 0;

  function raw(of: Series, from: number, to: number): readonly RawSeries[] {
    return [...counters[of].values()].flatMap(({ metric, samples }) => {
      const values = samples.filter(([time]) => time > from && time <= to);
      return values.length > 0 ? [{ metric, values }] : [];
    });
  }

  function metrics(services: Services): Metrics {
    const revisionOf = (labels: Readonly<Record<string, string>>) =>
      labels.destination_service_name === services.canary
        ? ("canary" as const)
        : labels.destination_service_name === services.stable
          ? ("stable" as const)
          : undefined;
    return {
      async read(from, to) {
        if (!answering) throw new Silent("Prometheus does not answer: ECONNREFUSED");
        const series = {
          availability: availabilitySeries(raw("requests", from, to), revisionOf),
          latency: latencySeries(raw("count", from, to), raw("bucket", from, to), revisionOf),
        };
        return { to, series, lastScrape: to };
      },
    };
  }

  function clusterFor(alive: <T>(value: () => T | Promise<T>) => Promise<T>): Cluster {
    const api = <T>(act: () => T) =>
      alive(() => {
        if (!apiUp) throw new Unavailable("connect ECONNREFUSED 127.0.0.1:6443");
        return act();
      });
    const guarded = (act: () => void) => (read: RolloutView) =>
      api(() => {
        if (read.resourceVersion !== String(rollout.version)) return "conflict" as const;
        act();
        return "done" as const;
      });
    return {
      rollout: () => api(view),
      numberOf: (revision) => api(() => (revision === named.revision ? named.number : undefined)),
      advance: guarded(advance),
      abort: guarded(abort),
      clearAbort: guarded(() => {
        change(() => (state = { ...state, aborted: false }));
        startCanary();
      }),
      canaryPods: () =>
        api(() => {
          const trouble = typeof pods === "string" ? { trouble: pods } : {};
          const pod: PodView = { name: `echo-${rollout.revision}-x`, ready: podsReady > 0, ...(podsReady === 0 && trouble) };
          return { desired: 1, pods: [pod] };
        }),
      readLease: () => api(() => lease),
      writeLease: (fields: LeaseFields, _uid, resourceVersion) =>
        api(() => {
          if (lease?.resourceVersion !== resourceVersion) return "conflict" as const;
          lease = { ...fields, resourceVersion: String(++writes) };
          return lease;
        }),
    };
  }

  let conductors = 0;

  /** A conductor's edges, and how to stop it in its tracks, interrupt it or take its engine away. */
  function conductor({ diesAtCall = Number.POSITIVE_INFINITY }: { readonly diesAtCall?: number } = {}): Conductor {
    const said: string[] = [];
    const stop = new AbortController();
    const death = Promise.withResolvers<"died">();
    let calls = 0;
    let dead = false;
    let engine: string | undefined;
    const kill = () => {
      dead = true;
      death.resolve("died");
    };
    const never = () => new Promise<never>(() => undefined);
    /** What a killed process asks for is never answered; its last call is carried out, but it does not live to know. */
    const alive = async <T>(value: () => T | Promise<T>): Promise<T> => {
      if (dead) return never();
      const result = await value();
      if (++calls === diesAtCall) kill();
      return dead ? never() : result;
    };
    const edges: Edges = {
      clock: {
        now: () => now,
        sleep: async (ms, signal) => {
          await sleep(ms, signal);
          await alive(() => undefined);
        },
      },
      output: (line) => {
        if (dead) return;
        said.push(line);
        lines.push(line);
      },
      identity: `host/${++conductors}/start`,
      listen: () => ({ signal: stop.signal, engineGone: () => alive(() => engine), dispose: () => undefined }),
      connect: async () => ({
        cluster: clusterFor(alive),
        metrics: (services) => ({ read: (from, to) => alive(() => metrics(services).read(from, to)) }),
      }),
    };
    return {
      edges,
      said,
      died: death.promise,
      calls: () => calls,
      kill,
      interrupt: () => stop.abort("stopped by SIGINT"),
      orphan: () => {
        engine = "the pulumi that asked for this rollout is gone";
      },
    };
  }

  const inputs: GateInputs = { ...gateInputs, kubeconfig: `token: ${SECRET}`, steps, ...options.inputs };

  return {
    inputs,
    lines,
    failures,
    conductor,
    apply,
    abort,
    view,
    sleep: (seconds: number) => sleep(seconds * 1000),
    /** Runs something at a moment, in seconds from now. */
    at: (seconds: number, run: () => void) => schedule.push({ at: now + seconds * 1000, run }),
    seconds: () => (now - START) / 1000,
    lease: () => lease,
    setLease: (next: LeaseFields) => {
      lease = { ...next, resourceVersion: String(++writes) };
    },
    /** Prometheus stops: it neither scrapes nor answers. */
    stopPrometheus: () => {
      scraping = false;
      answering = false;
    },
    startPrometheus: () => {
      scraping = true;
      answering = true;
    },
    stopAnswering: () => {
      answering = false;
    },
    stopApi: () => {
      apiUp = false;
    },
    startApi: () => {
      apiUp = true;
    },
    setTraffic: (factor: number) => {
      traffic = factor;
    },
    /** The proxies restart: every counter begins again at 0. */
    resetCounters: () => {
      for (const all of Object.values(counters)) for (const c of all.values()) c.value = 0;
    },
    advanceByHand: advance,
  };
}

export type World = ReturnType<typeof world>;

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
