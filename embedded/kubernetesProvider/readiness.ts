// Whether an object is ready, told from the object and its pods. The kinds are those the official plugin waits for, as far
// as the program has them, and Rollouts.
import { type Json, type JsonObject, numberAt, objectAt, objectsAt, textAt } from "./json.ts";
import { annotationOf, kindOf } from "./objects.ts";
import { condition, findCondition, isPodReady, podProblem } from "./podProblems.ts";

export type Readiness =
  | { readonly state: "ready" }
  | { readonly state: "waiting"; readonly reasons: readonly string[] }
  /** It will not get ready without another change: there is nothing to wait for. */
  | { readonly state: "failed"; readonly reasons: readonly string[] };

const READY: Readiness = { state: "ready" };
const waiting = (...reasons: string[]): Readiness => ({ state: "waiting", reasons });
const failed = (...reasons: string[]): Readiness => ({ state: "failed", reasons });

type Judge = (object: JsonObject, pods: readonly JsonObject[]) => Readiness;

/** By group and kind. Whatever is not here is ready once the API server has it. */
const JUDGES: Readonly<Record<string, Judge>> = {
  "/Namespace": (object) => (textAt(object, "status", "phase") === "Active" ? READY : waiting("namespace is not active yet")),
  "/Pod": (object) => podReadiness(object),
  "/PersistentVolumeClaim": (object) =>
    textAt(object, "status", "phase") === "Bound" ? READY : waiting("claim is not bound to a volume yet"),
  "/Service": serviceReadiness,
  "apps/Deployment": deploymentReadiness,
  "apps/StatefulSet": statefulSetReadiness,
  "apps/DaemonSet": daemonSetReadiness,
  "batch/Job": jobReadiness,
  "argoproj.io/Rollout": rolloutReadiness,
  "apiextensions.k8s.io/CustomResourceDefinition": definitionReadiness,
};

/** Kinds whose pods tell why they are not ready; the value says where the label selector is. */
const SELECTORS: Readonly<Record<string, (object: JsonObject) => Json>> = {
  "/Service": (object) => ({ matchLabels: objectAt(object, "spec", "selector") }),
  "apps/Deployment": (object) => objectAt(object, "spec", "selector"),
  "apps/StatefulSet": (object) => objectAt(object, "spec", "selector"),
  "apps/DaemonSet": (object) => objectAt(object, "spec", "selector"),
  "batch/Job": (object) => objectAt(object, "spec", "selector"),
  "argoproj.io/Rollout": (object) => objectAt(object, "spec", "selector"),
};

/** Whether there is anything to wait for. */
export function isAwaited(object: JsonObject): boolean {
  return Object.hasOwn(JUDGES, keyOf(object));
}

/** @param pods the pods that `podSelector` finds; they are only read for kinds that have them */
export function readiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  const judge = JUDGES[keyOf(object)];
  return judge === undefined ? READY : judge(object, pods);
}

/** The label selector of an object's pods as the API server takes it in a query, or undefined for kinds without pods. */
export function podSelector(object: JsonObject): string | undefined {
  const selector = SELECTORS[keyOf(object)]?.(object);
  if (selector === undefined) return undefined;
  const labels = Object.entries(objectAt(selector, "matchLabels")).map(([key, value]) => `${key}=${String(value)}`);
  const expressions = objectsAt(selector, "matchExpressions").map((expression) => {
    const key = textAt(expression, "key");
    const values = `(${(Array.isArray(expression.values) ? expression.values : []).join(",")})`;
    const written: Record<string, string> = {
      In: `${key} in ${values}`,
      NotIn: `${key} notin ${values}`,
      Exists: key,
      DoesNotExist: `!${key}`,
    };
    return written[textAt(expression, "operator")] ?? key;
  });
  const all = [...labels, ...expressions].join(",");
  return all === "" ? undefined : all;
}

function keyOf(object: JsonObject): string {
  const { group, kind } = kindOf(object);
  return `${group}/${kind}`;
}

/** `1 of 3 pods ready`, and what is wrong with the others. */
function podReasons(ready: number, wanted: number, pods: readonly JsonObject[]): Readiness {
  const problems = pods.map(podProblem).filter((problem) => problem !== undefined);
  return waiting(`${ready} of ${wanted} pods ready`, ...problems);
}

/** The controller has seen the newest spec. Before that, its counters speak of the spec before. */
function isObserved(object: JsonObject): boolean {
  return numberAt(object, ["status", "observedGeneration"]) >= numberAt(object, ["metadata", "generation"]);
}

function deploymentReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (!isObserved(object)) return waiting("the deployment controller has not seen the change yet");
  const wanted = numberAt(object, ["spec", "replicas"], 1);
  const [updated, available, all] = ["updatedReplicas", "availableReplicas", "replicas"].map((field) =>
    numberAt(object, ["status", field]),
  );
  if (updated === wanted && available === wanted && all === wanted) return READY;
  const reasons = podReasons(Math.min(updated ?? 0, available ?? 0), wanted, pods);
  const progressing = findCondition(object, "Progressing");
  const stuck = textAt(progressing, "reason") === "ProgressDeadlineExceeded";
  return stuck && reasons.state === "waiting" ? failed(textAt(progressing, "message"), ...reasons.reasons) : reasons;
}

function statefulSetReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (!isObserved(object)) return waiting("the stateful set controller has not seen the change yet");
  const wanted = numberAt(object, ["spec", "replicas"], 1);
  const [updated, ready] = ["updatedReplicas", "readyReplicas"].map((field) => numberAt(object, ["status", field]));
  return updated === wanted && ready === wanted ? READY : podReasons(Math.min(updated ?? 0, ready ?? 0), wanted, pods);
}

function daemonSetReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (!isObserved(object)) return waiting("the daemon set controller has not seen the change yet");
  const wanted = numberAt(object, ["status", "desiredNumberScheduled"]);
  const [updated, ready] = ["updatedNumberScheduled", "numberReady"].map((field) => numberAt(object, ["status", field]));
  return updated === wanted && ready === wanted ? READY : podReasons(Math.min(updated ?? 0, ready ?? 0), wanted, pods);
}

/**
 * A Rollout is awaited in its first revision only: all its pods available, or Argo's own word for it. Every later revision
 * stands still at its first step until the gate lets it on, so it is as ready as it gets once Argo has taken it up.
 */
function rolloutReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  // Argo writes observedGeneration as a string.
  const observed = Number(textAt(object, "status", "observedGeneration")) >= numberAt(object, ["metadata", "generation"]);
  if (!observed) return waiting("Argo Rollouts has not seen the object yet");
  const wanted = numberAt(object, ["spec", "replicas"], 1);
  const available = numberAt(object, ["status", "availableReplicas"]);
  const isFirst = Number(annotationOf(object, "rollout.argoproj.io/revision") || 1) === 1;
  if (!isFirst || textAt(object, "status", "phase") === "Healthy" || available >= wanted) return READY;
  const invalid = findCondition(object, "InvalidSpec");
  if (textAt(invalid, "status") === "True") return failed(textAt(invalid, "message"));
  return podReasons(available, wanted, pods);
}

function podReadiness(object: JsonObject): Readiness {
  const phase = textAt(object, "status", "phase");
  if (isPodReady(object) || phase === "Succeeded") return READY;
  const problem = podProblem(object) ?? "pod is not ready";
  return phase === "Failed" ? failed(problem) : waiting(problem);
}

/** Official rule: pods that the Service already selects must be ready; a Service that selects none is ready. */
function serviceReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  const type = textAt(object, "spec", "type");
  if (type === "LoadBalancer" && objectsAt(object, "status", "loadBalancer", "ingress").length === 0) {
    return waiting("the Service has no load balancer address yet");
  }
  if (type === "ExternalName" || textAt(object, "spec", "clusterIP") === "None") return READY;
  const ready = pods.filter(isPodReady).length;
  return ready === pods.length ? READY : podReasons(ready, pods.length, pods);
}

function jobReadiness(object: JsonObject, pods: readonly JsonObject[]): Readiness {
  if (condition(object, "Complete") === "True" || condition(object, "Suspended") === "True") return READY;
  if (condition(object, "Failed") === "True") return failed(textAt(findCondition(object, "Failed"), "message"));
  const wanted = numberAt(object, ["spec", "completions"], 1);
  const problems = pods.map(podProblem).filter((problem) => problem !== undefined);
  return waiting(`${numberAt(object, ["status", "succeeded"])} of ${wanted} pods succeeded`, ...problems);
}

function definitionReadiness(object: JsonObject): Readiness {
  if (condition(object, "Established") === "True") return READY;
  const refused = findCondition(object, "NamesAccepted");
  return textAt(refused, "status") === "False" ? failed(textAt(refused, "message")) : waiting("the definition is not established yet");
}
