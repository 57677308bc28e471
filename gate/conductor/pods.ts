// Why a pod is not ready, in one line. Pure.
import { z } from "zod";

export interface PodView {
  readonly name: string;
  readonly ready: boolean;
  /** What keeps it from being ready; none when it is ready or nothing is known yet. */
  readonly trouble?: string;
}

const terminated = z.object({ exitCode: z.number().optional(), reason: z.string().optional(), message: z.string().optional() });
const state = z.object({
  waiting: z.object({ reason: z.string().optional(), message: z.string().optional() }).optional(),
  terminated: terminated.optional(),
});
const container = z.object({ name: z.string(), ready: z.boolean(), state: state.prefault({}), lastState: state.prefault({}) });

const schema = z.object({
  metadata: z.object({ name: z.string(), deletionTimestamp: z.string().optional() }),
  status: z
    .object({
      conditions: z
        .array(z.object({ type: z.string(), status: z.string(), reason: z.string().optional(), message: z.string().optional() }))
        .default([]),
      initContainerStatuses: z.array(container).default([]),
      containerStatuses: z.array(container).default([]),
    })
    .prefault({}),
});

/** Lines of a container's last words that are worth showing. */
const LAST_LINES = 3;

/**
 * A pod as the conductor sees it, or undefined when it is on its way out.
 * @param object the Pod
 * @param probeFailure the kubelet's latest "Unhealthy" event of it, e.g. "Readiness probe failed: HTTP probe failed with statuscode: 503"
 */
export function viewPod(object: unknown, probeFailure?: string): PodView | undefined {
  const pod = schema.safeParse(object).data;
  if (!pod || pod.metadata.deletionTimestamp !== undefined) return undefined;
  const { conditions, initContainerStatuses, containerStatuses } = pod.status;
  const ready = conditions.some(({ type, status }) => type === "Ready" && status === "True");
  if (ready) return { name: pod.metadata.name, ready };
  const unscheduled = conditions.find(({ type, status }) => type === "PodScheduled" && status === "False");
  const trouble =
    (unscheduled && `not scheduled: ${unscheduled.message ?? unscheduled.reason ?? "no reason given"}`) ??
    [...initContainerStatuses, ...containerStatuses].map(containerTrouble).find((t) => t !== undefined) ??
    probeFailure;
  return { name: pod.metadata.name, ready, ...(trouble !== undefined && { trouble }) };
}

function containerTrouble({ name, ready, state, lastState }: z.infer<typeof container>): string | undefined {
  if (ready) return undefined;
  const { waiting } = state;
  const ended = state.terminated ?? lastState.terminated;
  const last = ended && lastWords(ended);
  if (waiting?.reason === "ContainerCreating" || waiting?.reason === "PodInitializing") return undefined;
  if (waiting?.reason === undefined) return last && `${name} ended: ${last}`;
  return [`${name}: ${waiting.reason}`, last ?? waiting.message].filter((part) => part !== undefined && part !== "").join(": ");
}

function lastWords({ exitCode, reason, message }: z.infer<typeof terminated>): string {
  const how = exitCode === undefined ? (reason ?? "ended") : `exit code ${exitCode}${reason && reason !== "Error" ? ` (${reason})` : ""}`;
  const lines = (message ?? "").split("\n").map((line) => line.trim());
  const words = lines.filter((line) => line !== "").slice(-LAST_LINES);
  return words.length === 0 ? how : `${how}, last words: ${words.join(" | ")}`;
}
