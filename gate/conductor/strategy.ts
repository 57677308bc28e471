// What the strategies differ in: which steps there are, where the evidence is, and how a Rollout's status says how far it is. Pure.
import type { Plan } from "../types.ts";
import type { GateInputs } from "./inputs.ts";
import { copiableSource, copiedSource, routedSource, type Source } from "./queries.ts";
import type { RolloutObject } from "./rolloutObject.ts";

/** How far a Rollout is, whatever its strategy. */
export interface Standing {
  /** The pod-template-hash of the revision that has the users' requests; empty before the first one is healthy. */
  readonly stable: string;
  /** Weights that are followed by a pause without an end, in order. */
  readonly weights: readonly number[];
  /** The new revision's share of the users' requests as the controller has set it, in percent. */
  readonly canaryWeight: number;
  /** Which of the pauses the controller stands at, as an index into `weights`. */
  readonly pausedAt?: number;
  /** Since when, seconds since the epoch. */
  readonly pausedSince?: number;
  /** Whether there is nothing left to wait for once the new revision is stable. */
  readonly healthy: boolean;
  /** The present revision was stable just before the one that is now, and is still the one that the controller itself would go back to. */
  readonly isWayBack: boolean;
}

type Strategy = RolloutObject["spec"]["strategy"];

export function canaryStanding({ steps }: NonNullable<Strategy["canary"]>, { status }: RolloutObject): Standing {
  const pauses = steps.flatMap(({ pause }, index) => (pause && pause.duration === undefined ? [index] : []));
  return {
    stable: status.stableRS,
    weights: pauses.map((index) => steps.slice(0, index).findLast((s) => s.setWeight !== undefined)?.setWeight ?? 0),
    canaryWeight: status.canary?.weights?.canary.weight ?? 0,
    healthy: status.phase === "Healthy",
    isWayBack: false,
    ...pausedAt(status, "CanaryPauseStep", pauses.indexOf(status.currentStepIndex ?? -1)),
  };
}

/** One pause, at which the new revision has none of the users' requests. The active Service says who has them: all at once. */
export function blueGreenStanding({ autoPromotionEnabled }: NonNullable<Strategy["blueGreen"]>, { status }: RolloutObject): Standing {
  const { activeSelector } = status.blueGreen;
  const switched = activeSelector !== "" && activeSelector === status.currentPodHash;
  // The switch waits for all pods. What comes after it, the analysis in the cluster, is not waited for.
  const analysed = switched && status.stableRS !== activeSelector && status.phase !== "Degraded";
  const isWayBack = activeSelector !== "" && !switched && status.stableRS === status.currentPodHash;
  return {
    stable: activeSelector,
    weights: autoPromotionEnabled ? [] : [0],
    canaryWeight: switched ? 100 : 0,
    healthy: status.phase === "Healthy" || analysed,
    isWayBack,
    ...pausedAt(status, "BlueGreenPause", 0),
  };
}

function pausedAt({ pauseConditions }: RolloutObject["status"], why: string, index: number): Pick<Standing, "pausedAt" | "pausedSince"> {
  const pause = pauseConditions?.find(({ reason }) => reason === why);
  return pause && index >= 0 ? { pausedAt: index, pausedSince: Date.parse(pause.startTime) / 1000 } : {};
}

/** The weights at which the Rollout has to pause for its gate. */
export function weightsOf({ strategy, steps }: Pick<GateInputs, "strategy" | "steps">): readonly number[] {
  return strategy === "blueGreen" ? [0] : steps;
}

/** A first revision has no canary steps and nothing to be copied from: it gets all requests at once. */
const FULL_WEIGHT = [100];

/** How the decision sees these inputs. @param first whether the revision is the service's first one */
export function planOf({ strategy, steps, alpha, beta, minStepSeconds, slis }: GateInputs, first = false): Plan {
  const copies = strategy === "blueGreen" && !first;
  return {
    ...(copies && { strategy }),
    ...{ steps: first ? FULL_WEIGHT : steps, alpha, beta, minStep: minStepSeconds },
    slis: slis.map(({ name, limit, tolerance }) => ({ name, limit, tolerance })),
  };
}

/** Where a service's present requests are of which such a plan makes evidence. */
export function presentSource(inputs: GateInputs): Source {
  return inputs.strategy === "blueGreen" ? copiableSource(inputs) : routedSource(inputs, false);
}

/** Where the evidence for such a plan is. @param revision the canary's */
export function sourceOf(inputs: GateInputs, first: boolean, revision: string): Source {
  return inputs.strategy === "blueGreen" && !first ? copiedSource(inputs, revision) : routedSource(inputs, first);
}
