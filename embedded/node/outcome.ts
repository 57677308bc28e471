import type { PodEvent } from "./events.ts";
import type { Launched } from "./launch.ts";
import {
  afterConfigProblem,
  afterEnd,
  afterProbe,
  afterPullFailure,
  afterStart,
  type ContainerRecord,
  type RestartPolicy,
} from "./record.ts";

export interface Attempt {
  readonly now: number;
  readonly policy: RestartPolicy;
  /** "name_namespace(uid)", as a kubelet names a pod in its messages. */
  readonly podName: string;
}

/** A container whose configuration cannot be made is tried again after this time. */
const CONFIG_RETRY_MS = 5000;

/** What an attempt to start a container means for its record, and what is to be said about it. */
export function afterLaunch(
  record: ContainerRecord,
  launched: Launched,
  { now, policy, podName }: Attempt,
): { record: ContainerRecord; events: PodEvent[] } {
  const { name: container, image } = record.container;
  const failed = (message: string): PodEvent => ({ type: "Warning", reason: "Failed", message, container });
  switch (launched.kind) {
    case "running":
      return {
        record: afterStart(record, now, launched.imageID),
        events: [{ type: "Normal", reason: "Started", message: `Started container ${container}`, container }],
      };
    case "idle": // nobody to probe: it is as ready as it will ever be; and no events, as there may be thousands of them
      return { record: afterProbe(afterStart(record, now, launched.imageID), { started: true, ready: true }), events: [] };
    case "no image":
      return {
        record: afterPullFailure(record, launched.message, now),
        events: [failed(`Failed to pull image "${image}": ${launched.message}`), failed("Error: ErrImagePull")],
      };
    case "config problem":
      return {
        record: afterConfigProblem(record, launched.message, now + CONFIG_RETRY_MS),
        events: [failed(`Error: ${launched.message}`)],
      };
    case "failed": {
      const end = { exitCode: 128, reason: "StartError", message: launched.message, startedAt: now, finishedAt: now };
      return {
        record: afterEnd({ ...record, imageID: launched.imageID }, end, policy, podName),
        events: [failed(`Error: ${launched.message}`)],
      };
    }
  }
}

/** What is to be said when a container has ended and waits before it is started again. */
export function backOffEvents({ container, state }: ContainerRecord, podName: string, now: number): PodEvent[] {
  if (state.kind !== "waiting" || (state.retryAt ?? 0) <= now) return [];
  const message = `Back-off restarting failed container ${container.name} in pod ${podName}`;
  return [{ type: "Warning", reason: "BackOff", message, container: container.name }];
}
