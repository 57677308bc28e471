// Why pods are not ready yet, in the words of the node that runs them.
import { at, type JsonObject, numberAt, objectsAt, textAt } from "./json.ts";

/** Longest piece of a container's message that is worth a line. */
const MESSAGE_LENGTH = 200;

export function isPodReady(pod: JsonObject): boolean {
  return condition(pod, "Ready") === "True";
}

/** The status of a condition of any object: "True", "False", "Unknown", or "" when it is not there. */
export function condition(object: JsonObject, type: string): string {
  return textAt(findCondition(object, type), "status");
}

export function findCondition(object: JsonObject, type: string): JsonObject | undefined {
  return objectsAt(object, "status", "conditions").find((entry) => entry.type === type);
}

/** `pod echo-x: ErrImagePull image localhost/echo:9 is unknown`, or undefined for a pod that is ready or done. */
export function podProblem(pod: JsonObject): string | undefined {
  if (isPodReady(pod) || textAt(pod, "status", "phase") === "Succeeded") return undefined;
  return `pod ${textAt(pod, "metadata", "name")}: ${schedulingProblem(pod) ?? containerProblem(pod) ?? phaseOf(pod)}`;
}

function schedulingProblem(pod: JsonObject): string | undefined {
  const scheduled = findCondition(pod, "PodScheduled");
  if (textAt(scheduled, "status") !== "False") return undefined;
  return join(textAt(scheduled, "reason") || "not scheduled", textAt(scheduled, "message"));
}

function containerProblem(pod: JsonObject): string | undefined {
  const statuses = [...objectsAt(pod, "status", "initContainerStatuses"), ...objectsAt(pod, "status", "containerStatuses")];
  for (const status of statuses) {
    const waiting = at(status, "state", "waiting");
    const ended = at(status, "state", "terminated") ?? at(status, "lastState", "terminated");
    const restarts = numberAt(status, ["restartCount"]);
    const exit = ended === undefined ? "" : `exit code ${numberAt(ended, ["exitCode"])}, ${restarts} restarts`;
    if (waiting !== undefined && !["ContainerCreating", "PodInitializing"].includes(textAt(waiting, "reason"))) {
      return join(textAt(waiting, "reason") || "waiting", textAt(waiting, "message"), exit);
    }
    if (ended !== undefined && textAt(ended, "reason") !== "Completed") {
      return join(textAt(ended, "reason") || "ended", textAt(ended, "message"), exit);
    }
  }
  return undefined;
}

function phaseOf(pod: JsonObject): string {
  const phase = textAt(pod, "status", "phase") || "Pending";
  if (phase !== "Running") return phase;
  return join("running, but not ready", textAt(findCondition(pod, "Ready"), "message"));
}

function join(...parts: readonly string[]): string {
  const [head = "", ...rest] = parts.filter((part) => part !== "");
  const tail = rest.map((part) => part.replace(/\s+/g, " ").slice(0, MESSAGE_LENGTH)).join("; ");
  return tail === "" ? head : `${head} ${tail}`;
}
