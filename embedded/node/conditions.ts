import { hasCondition } from "../kube/index.ts";
import { hasSucceeded, type PodRecord } from "./steps.ts";
import type { Pod, PodStatus } from "./types.ts";

type Condition = NonNullable<PodStatus["conditions"]>[number];
type Phase = "Pending" | "Running" | "Succeeded" | "Failed";
type Claim = Pick<Condition, "type" | "status" | "reason" | "message">;

export interface ConditionContext {
  readonly records: PodRecord;
  /** Names of the containers that are ready. */
  readonly ready: ReadonlySet<string>;
  readonly phase: Phase;
  /** Conditions as they were: one that has not changed keeps its lastTransitionTime. */
  readonly before: readonly Condition[];
  readonly now: string;
}

/** The conditions a kubelet keeps on a pod. PodScheduled is the scheduler's and is left to it. */
export function conditionsOf(pod: Pod, { records, ready, phase, before, now }: ConditionContext): Condition[] {
  const containers = containersReady(records, ready, phase);
  const claims = [
    { type: "PodReadyToStartContainers", status: "True" },
    initialized(records, phase),
    podReady(pod, containers),
    containers,
  ];
  return claims.map((claim) => {
    const old = before.find(({ type }) => type === claim.type);
    const lastTransitionTime = old?.status === claim.status ? (old.lastTransitionTime ?? now) : now;
    return { ...claim, lastTransitionTime };
  });
}

function initialized({ init }: PodRecord, phase: Phase): Claim {
  const open = init.filter((record) => !hasSucceeded(record)).map(({ container }) => container.name);
  if (phase === "Succeeded") return { type: "Initialized", status: "True", reason: "PodCompleted" };
  if (open.length === 0) return { type: "Initialized", status: "True" };
  const message = `containers with incomplete status: [${open.join(" ")}]`;
  return { type: "Initialized", status: "False", reason: "ContainersNotInitialized", message };
}

function containersReady({ main }: PodRecord, ready: ReadonlySet<string>, phase: Phase): Claim {
  if (phase === "Succeeded") return { type: "ContainersReady", status: "False", reason: "PodCompleted" };
  if (phase === "Failed") return { type: "ContainersReady", status: "False", reason: "PodFailed" };
  const unready = main.map(({ container }) => container.name).filter((name) => !ready.has(name));
  if (unready.length === 0) return { type: "ContainersReady", status: "True" };
  const message = `containers with unready status: [${unready.join(" ")}]`;
  return { type: "ContainersReady", status: "False", reason: "ContainersNotReady", message };
}

/** Ready means: all containers are, and every readiness gate of the pod is true. */
function podReady(pod: Pod, containers: Claim): Claim {
  if (containers.status !== "True") return { ...containers, type: "Ready" };
  const closed = (pod.spec?.readinessGates ?? []).map(({ conditionType }) => conditionType).filter((type) => !hasCondition(pod, type));
  if (closed.length === 0) return { type: "Ready", status: "True" };
  const message = closed
    .map((type) => `corresponding condition of pod readiness gate "${type}" does not exist or is not "True".`)
    .join(", ");
  return { type: "Ready", status: "False", reason: "ReadinessGatesNotReady", message };
}
