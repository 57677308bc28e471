// Readiness of the kinds that run pods, from the counters their controllers write.
import { type JsonObject, numberAt, textAt } from "./json.ts";
import { annotationOf } from "./objects.ts";
import { condition, findCondition } from "./podProblems.ts";
import { failed, podReasons, READY, type Readiness, waiting } from "./readinessState.ts";

/** The controller has seen the newest spec. Before that, its counters speak of the spec before. */
function isObserved(object: JsonObject): boolean {
  return numberAt(object, ["status", "observedGeneration"]) >= numberAt(object, ["metadata", "generation"]);
}

export function deploymentReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (!isObserved(object)) return waiting("the deployment controller has not seen the change yet");
  const wanted = numberAt(object, ["spec", "replicas"], 1);
  const [updated, available, all] = ["updatedReplicas", "availableReplicas", "replicas"].map((field) =>
    numberAt(object, ["status", field]),
  );
  if (updated === wanted && available === wanted && all === wanted) return READY;
  const reasons = podReasons(`${Math.min(updated ?? 0, available ?? 0)} of ${wanted} pods ready`, pods);
  const progressing = findCondition(object, "Progressing");
  const stuck = textAt(progressing, "reason") === "ProgressDeadlineExceeded";
  return stuck ? failed(textAt(progressing, "message"), ...reasons.reasons) : reasons;
}

export function statefulSetReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (!isObserved(object)) return waiting("the stateful set controller has not seen the change yet");
  const wanted = numberAt(object, ["spec", "replicas"], 1);
  const [updated, ready] = ["updatedReplicas", "readyReplicas"].map((field) => numberAt(object, ["status", field]));
  return updated === wanted && ready === wanted ? READY : podReasons(`${Math.min(updated ?? 0, ready ?? 0)} of ${wanted} pods ready`, pods);
}

export function daemonSetReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (!isObserved(object)) return waiting("the daemon set controller has not seen the change yet");
  const wanted = numberAt(object, ["status", "desiredNumberScheduled"]);
  const [updated, ready] = ["updatedNumberScheduled", "numberReady"].map((field) => numberAt(object, ["status", field]));
  return updated === wanted && ready === wanted ? READY : podReasons(`${Math.min(updated ?? 0, ready ?? 0)} of ${wanted} pods ready`, pods);
}

/**
 * A Rollout is awaited in its first revision only: all its pods available, or Argo's own word for it. Every later revision
 * stands still at its first step until the gate lets it on, so it is as ready as it gets once Argo has taken it up.
 */
export function rolloutReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  // Argo writes observedGeneration as a string.
  const observed = Number(textAt(object, "status", "observedGeneration")) >= numberAt(object, ["metadata", "generation"]);
  if (!observed) return waiting("Argo Rollouts has not seen the object yet");
  const wanted = numberAt(object, ["spec", "replicas"], 1);
  const available = numberAt(object, ["status", "availableReplicas"]);
  const isFirst = Number(annotationOf(object, "rollout.argoproj.io/revision") || 1) === 1;
  if (!isFirst || textAt(object, "status", "phase") === "Healthy" || available >= wanted) return READY;
  const invalid = findCondition(object, "InvalidSpec");
  if (textAt(invalid, "status") === "True") return failed(textAt(invalid, "message"));
  return podReasons(`${available} of ${wanted} pods ready`, pods);
}

export function jobReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (condition(object, "Complete") === "True" || condition(object, "Suspended") === "True") return READY;
  if (condition(object, "Failed") === "True") return failed(textAt(findCondition(object, "Failed"), "message"));
  const wanted = numberAt(object, ["spec", "completions"], 1);
  return podReasons(`${numberAt(object, ["status", "succeeded"])} of ${wanted} pods succeeded`, pods);
}
