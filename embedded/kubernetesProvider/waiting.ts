// Waiting for an object to become ready or to go. It asks again and again instead of watching: a handful of objects is
// awaited at a time, and asking goes on by itself when the API server was away for a moment.
import { setTimeout as sleep } from "node:timers/promises";
import { ApiError, Unreachable } from "./apiClient.ts";
import type { Cluster } from "./cluster.ts";
import { readLive } from "./cluster.ts";
import type { Endpoint } from "./discovery.ts";
import { at, isArray, type JsonObject, objectsAt, textAt } from "./json.ts";
import { annotationOf, identityOf } from "./objects.ts";
import { podSelector } from "./podSelector.ts";
import { readiness } from "./readiness.ts";
import type { Readiness } from "./readinessState.ts";

/** Pauses between questions, in milliseconds: short at first, because most objects are ready at once. Until then nothing is shown. */
const PAUSES = [20, 50, 100, 200];
const LONGEST_PAUSE = 500;

const DEFAULT_SECONDS = 600;

/** Seconds to wait: the resource's customTimeouts, else its annotation pulumi.com/timeoutSeconds, else 10 minutes. */
export function timeoutSeconds(customTimeout: number, inputs: JsonObject): number {
  const annotated = Number(annotationOf(inputs, "pulumi.com/timeoutSeconds"));
  return customTimeout || (Number.isFinite(annotated) && annotated > 0 ? annotated : DEFAULT_SECONDS);
}

export interface Wait {
  readonly urn: string;
  readonly endpoint: Endpoint;
  /** The object as the API server gave it back. */
  readonly object: JsonObject;
  readonly seconds: number;
}

export type Outcome = { readonly live: JsonObject; readonly problems: readonly string[] };

/** Waits until an object is ready. `problems` is empty then; else it says what it was still waiting for, or why it stopped. */
export async function untilReady(cluster: Cluster, { urn, endpoint, object, seconds }: Wait): Promise<Outcome> {
  let live = object;
  const step = async (): Promise<Readiness> => {
    live = (await readLive(cluster, endpoint, identityOf(object))) ?? live;
    return readiness(live, await podsOf(cluster, live));
  };
  const problems = await poll(cluster, urn, seconds, step);
  return { live, problems };
}

/** Waits until an object is gone, or another one has its name. The problems name the finalizers that hold it. */
export async function untilGone(cluster: Cluster, { urn, endpoint, object, seconds }: Wait): Promise<readonly string[]> {
  const uid = textAt(object, "metadata", "uid");
  return poll(cluster, urn, seconds, async () => {
    const live = await readLive(cluster, endpoint, identityOf(object));
    if (live === undefined || textAt(live, "metadata", "uid") !== uid) return { state: "ready" };
    const finalizers = at(live, "metadata", "finalizers");
    const holders = isArray(finalizers) ? finalizers.join(", ") : "";
    return { state: "waiting", reasons: [holders === "" ? "not gone yet" : `held by finalizers: ${holders}`] };
  });
}

async function poll(cluster: Cluster, urn: string, seconds: number, step: () => Promise<Readiness>): Promise<readonly string[]> {
  const deadline = Date.now() + seconds * 1000;
  let shown = "";
  for (let attempt = 0; ; attempt++) {
    const now = await step().catch(whileAway);
    const text = now.state === "ready" || attempt < PAUSES.length - 1 ? "" : `waiting: ${now.reasons.join("; ")}`;
    if (text !== shown) cluster.log.status(urn, text);
    shown = text;
    if (now.state === "ready") return [];
    if (now.state === "failed") return now.reasons;
    if (Date.now() > deadline) return [`gave up after ${seconds} s`, ...now.reasons];
    if (cluster.cancelled.aborted) return ["cancelled", ...now.reasons];
    await sleep(PAUSES[attempt] ?? LONGEST_PAUSE, undefined, { signal: cluster.cancelled }).catch(() => undefined);
  }
}

/** An API server that restarts or is overloaded does not end the wait; anything else does. */
function whileAway(error: unknown): Readiness {
  const passing = error instanceof Unreachable || (error instanceof ApiError && error.code >= 500);
  if (!passing && !(error instanceof Error && error.name === "AbortError")) throw error;
  return { state: "waiting", reasons: [error.message] };
}

async function podsOf(cluster: Cluster, object: JsonObject): Promise<readonly JsonObject[]> {
  const labelSelector = podSelector(object);
  if (labelSelector === undefined) return [];
  const path = `/api/v1/namespaces/${identityOf(object).namespace}/pods`;
  return objectsAt(await cluster.api({ method: "GET", path, query: { labelSelector }, signal: cluster.cancelled }), "items");
}
