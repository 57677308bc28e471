// A Rollout and its controller, with the delays and the order of the real one.
import type { CanaryPods } from "../../../../gate/conductor/cluster.ts";
import type { Made, RolloutView } from "../../../../gate/conductor/rollout.ts";
import type { Time } from "./time.ts";

export interface ControllerOptions {
  readonly strategy: "canary" | "blueGreen";
  /** Weights of the canary. */
  readonly steps: readonly number[];
  /** Seconds until the canary's pods are ready; never, with a reason, where it is a text. */
  readonly pods: number | string;
  /** Why the controller can make no revision of a new template. */
  readonly refusal?: string;
  /** A service that was never rolled out before. */
  readonly firstRevision: boolean;
  /** Whether templates carry their digest, as those of older versions do not. */
  readonly digests: boolean;
  /** When the Rollout gets the number of a new revision: with its template, or not before the revision is named. */
  readonly numbers: "early" | "late";
}

export interface Controller {
  view(): RolloutView;
  made(revision: string): Made | undefined;
  canaryPods(): CanaryPods;
  /** Applies a template, as `pulumi up` does. */
  apply(revision: string): void;
  /** Ends the pause the Rollout stands at. */
  advance(): void;
  abort(message?: string): void;
  clearAbort(): void;
  /** The canary's weight as the mesh has it, in percent. */
  meshWeight(): number;
  /** The revision that gets copies of requests, where it has pods that are not stable's. */
  preview(): string | undefined;
}

const OBSERVING_MS = 100;
/** The controller says that it has seen a template before it names the revision, as the real one does. */
const NAMING_MS = 600;
const REACTION_MS = 300;
const MESH_MS = 200;
/** So long after a switch the controller would still go back. */
const ANALYSIS_MS = 60_000;

interface State {
  readonly aborted: boolean;
  readonly weight: number;
  readonly healthy: boolean;
  readonly observed: boolean;
  readonly message: string;
  readonly refusal?: string;
}

export function controller(time: Time, { strategy, steps, pods, refusal, firstRevision, digests, numbers }: ControllerOptions): Controller {
  const old = firstRevision ? "" : "old";
  const rollout = { version: 1, template: old, revision: old, stable: old, number: firstRevision ? 0 : 1 };
  const digestOf = (template: string) => (digests && template !== "" ? { template: `sha256:${template}` } : {});
  /** What the controller calls the newest revision. */
  let named = { revision: rollout.revision, number: rollout.number };
  let state: State = { aborted: false, weight: 0, healthy: !firstRevision, observed: true, message: "" };
  let paused: { readonly at: number; readonly since: number } | undefined;
  let proven = old;
  let meshWeight = 0;
  let podsReady = 0;

  const change = (set: () => void) => {
    set();
    rollout.version++;
  };
  const later = (ms: number, run: () => void) => time.after(ms, () => change(run));
  const weights = strategy === "blueGreen" ? [0] : steps;
  const setWeight = (weight: number) => {
    state = { ...state, weight };
    time.after(MESH_MS, () => (meshWeight = weight));
  };
  const stand = (at: number) => {
    setWeight(weights[at] ?? 100);
    paused = { at, since: Math.floor(time.now() / 1000) };
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
      } else later(REACTION_MS, () => stand(0));
    });
  }

  return {
    apply(revision) {
      rollout.template = revision;
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
      later(OBSERVING_MS, () => (state = { ...state, observed: true }));
      later(NAMING_MS, () => {
        named = { revision, number: rollout.number };
        if (revision === rollout.stable) setWeight(0);
        else startCanary();
      });
    },
    advance() {
      const at = paused?.at ?? 0;
      change(() => (paused = undefined));
      later(REACTION_MS, () => {
        if (at + 1 < weights.length) return stand(at + 1);
        const revision = rollout.revision;
        rollout.stable = revision;
        state = { ...state, healthy: true };
        setWeight(0);
        later(strategy === "blueGreen" ? ANALYSIS_MS : 0, () => (proven = revision));
      });
    },
    abort(message = "") {
      change(() => {
        paused = undefined;
        state = { ...state, aborted: true, message };
      });
      later(REACTION_MS, () => setWeight(0));
    },
    clearAbort() {
      change(() => (state = { ...state, aborted: false }));
      startCanary();
    },
    view: () => ({
      uid: "u1",
      resourceVersion: String(rollout.version),
      observed: state.observed,
      revision: named.revision,
      stable: rollout.stable,
      number: numbers === "late" ? named.number : rollout.number,
      ...digestOf(rollout.template),
      phase: state.aborted ? "Degraded" : state.healthy ? "Healthy" : paused ? "Paused" : "Progressing",
      message: state.message,
      aborted: state.aborted,
      weights,
      canaryWeight: state.weight,
      specPaused: false,
      healthy: state.healthy && !state.aborted,
      isWayBack: strategy === "blueGreen" && named.revision === proven && proven !== rollout.stable,
      ...(state.refusal !== undefined && { refusal: state.refusal }),
      ...(paused && { pausedAt: paused.at, pausedSince: paused.since }),
    }),
    made: (revision) => (revision === named.revision ? { number: named.number, ...digestOf(revision) } : undefined),
    canaryPods() {
      const trouble = typeof pods === "string" && podsReady === 0 ? { trouble: pods } : {};
      return { desired: 1, pods: [{ name: `echo-${rollout.revision}-x`, ready: podsReady > 0, ...trouble }] };
    },
    meshWeight: () => meshWeight,
    preview: () => (podsReady > 0 && !state.aborted && rollout.revision !== rollout.stable ? rollout.revision : undefined),
  };
}
