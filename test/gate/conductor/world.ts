// A world for the conductor, in virtual time: a Rollout with its controller, a mesh with traffic, Prometheus, and conductors
// that can be killed. Deterministic: every draw comes from a seed, and time passes only while everybody sleeps.
import type { Edges } from "../../../gate/conductor/edges.ts";
import type { GateInputs } from "../../../gate/conductor/inputs.ts";
import { gateInputs } from "../../support/gateInputs.ts";
import { type Answer, api } from "./world/api.ts";
import { type ControllerOptions, controller } from "./world/controller.ts";
import { virtualTime } from "./world/time.ts";
import { type TrafficOptions, traffic } from "./world/traffic.ts";

export type { Behaviour } from "./world/traffic.ts";

export interface WorldOptions extends Partial<ControllerOptions>, Partial<TrafficOptions> {
  /** Timers fire a little before their time, as real ones may. */
  readonly earlyTimers?: boolean;
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
const A_LITTLE_BAD = { errors: 0.001, slow: 0.001 };

export function world(options: WorldOptions = {}) {
  const { earlyTimers = false, strategy = "canary", steps = strategy === "canary" ? [10, 25, 50] : [100], inputs, ...others } = options;
  const time = virtualTime({ start: START, earlyTimers });
  const rollout = controller(time, { pods: 1, firstRevision: false, digests: true, numbers: "early", ...others, strategy, steps });
  const server = api(rollout);
  const { metrics, ...mesh } = traffic(time, rollout, server.copied, {
    requestsPerSecond: 200,
    reads: 1,
    canary: {},
    stable: A_LITTLE_BAD,
    seed: 1,
    ...others,
  });
  const lines: string[] = [];
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
    const alive: Answer = async (value) => {
      if (dead) return never();
      const result = await value();
      if (++calls === diesAtCall) kill();
      return dead ? never() : result;
    };
    const edges: Edges = {
      clock: {
        now: time.now,
        sleep: async (ms, signal) => {
          await time.sleep(ms, signal);
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
        cluster: server.clusterFor(alive),
        metrics: (source) => ({ read: (from, to) => alive(() => metrics(source).read(from, to)) }),
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

  return {
    inputs: { ...gateInputs, kubeconfig: `token: ${SECRET}`, strategy, steps, ...inputs },
    lines,
    conductor,
    ...mesh,
    apply: rollout.apply,
    abort: rollout.abort,
    advanceByHand: rollout.advance,
    view: rollout.view,
    copied: server.copied,
    sleep: (seconds: number) => time.sleep(seconds * 1000),
    /** Runs something at a moment, in seconds from now. */
    at: (seconds: number, run: () => void) => time.after(seconds * 1000, run),
    seconds: () => (time.now() - START) / 1000,
    lease: server.lease,
    setLease: server.setLease,
    stopApi: server.stop,
    startApi: server.start,
  };
}

export type World = ReturnType<typeof world>;
