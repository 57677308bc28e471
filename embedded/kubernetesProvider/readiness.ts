// Whether an object is ready, told from the object and its pods. The kinds are those the official plugin waits for, as far
// as the program has them, and Rollouts.
import { type JsonObject, objectsAt, textAt } from "./json.ts";
import { kindOf } from "./objects.ts";
import { condition, findCondition, isPodReady, podProblem } from "./podProblems.ts";
import { failed, podReasons, READY, type Readiness, waiting } from "./readinessState.ts";
import { daemonSetReadiness, deploymentReadiness, jobReadiness, rolloutReadiness, statefulSetReadiness } from "./workloadReadiness.ts";

type Judge = (object: JsonObject, pods: readonly JsonObject[]) => Readiness;

/** By group and kind. Whatever is not here is ready once the API server has it. */
const JUDGES: Readonly<Record<string, Judge>> = {
  "/Namespace": (object) => (textAt(object, "status", "phase") === "Active" ? READY : waiting("namespace is not active yet")),
  "/Pod": (object) => podReadiness(object),
  "/Service": serviceReadiness,
  "apps/Deployment": deploymentReadiness,
  "apps/StatefulSet": statefulSetReadiness,
  "apps/DaemonSet": daemonSetReadiness,
  "batch/Job": jobReadiness,
  "argoproj.io/Rollout": rolloutReadiness,
  "apiextensions.k8s.io/CustomResourceDefinition": definitionReadiness,
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

function keyOf(object: JsonObject): string {
  const { group, kind } = kindOf(object);
  return `${group}/${kind}`;
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
  return ready === pods.length ? READY : podReasons(`${ready} of ${pods.length} pods ready`, pods);
}

function definitionReadiness(object: JsonObject): Readiness {
  if (condition(object, "Established") === "True") return READY;
  const refused = findCondition(object, "NamesAccepted");
  return textAt(refused, "status") === "False" ? failed(textAt(refused, "message")) : waiting("the definition is not established yet");
}
