// Delete: the object and what it owns, awaited until it is gone.
import { isNotFound } from "./apiClient.ts";
import { readCheckpoint } from "./checkpoint.ts";
import type { Cluster } from "./cluster.ts";
import { describe } from "./errorTexts.ts";
import { type JsonObject, textAt } from "./json.ts";
import { annotationOf, kindOf, parseId } from "./objects.ts";
import { timeoutSeconds, untilGone } from "./waiting.ts";

export interface DeleteRequest {
  readonly urn: string;
  readonly id: string;
  readonly properties: JsonObject;
  /** Seconds; 0 when the resource has no customTimeouts. */
  readonly timeout: number;
}

const BY_ANNOTATION: Readonly<Record<string, string>> = { background: "Background", foreground: "Foreground", orphan: "Orphan" };

/** Groups whose objects own no others, so that there is nothing the garbage collector would have to do first. */
const OWN_NOTHING: ReadonlySet<string> = new Set([
  "",
  "autoscaling",
  "networking.istio.io",
  "networking.k8s.io",
  "policy",
  "rbac.authorization.k8s.io",
]);

/**
 * Foreground: the object goes after what it owns, so that no pod of a deleted Rollout is left when the delete is done. Where
 * nothing can be owned the result is the same without it, and a stack of thousands of objects does not queue for the collector.
 */
export function propagationPolicy(object: JsonObject): string {
  const { group, kind } = kindOf(object);
  const annotated = BY_ANNOTATION[annotationOf(object, "pulumi.com/deletionPropagationPolicy").toLowerCase()];
  return annotated ?? (OWN_NOTHING.has(group) && kind !== "ReplicationController" ? "Background" : "Foreground");
}

/** Deletes an object; one that is gone already is fine. @throws Error naming the finalizers when it does not go in time */
export async function remove(cluster: Cluster, { urn, id, properties, timeout }: DeleteRequest): Promise<void> {
  const { live, inputs } = readCheckpoint(properties);
  const endpoint = await cluster.discovery.find(kindOf(live)).catch((error: unknown) => {
    throw describe("delete", live, error);
  });
  // Without its definition, no object of the kind can be left.
  if (endpoint === undefined) return;
  try {
    const path = endpoint.object(parseId(id));
    const answer = await cluster.api({
      method: "DELETE",
      path,
      body: { kind: "DeleteOptions", apiVersion: "v1", propagationPolicy: propagationPolicy(live) },
      signal: cluster.cancelled,
    });
    // The server answers with the object while it is still there, and with a Status when it is gone.
    if (textAt(answer, "kind") === "Status") return;
    const problems = await untilGone(cluster, { urn, endpoint, object: answer, seconds: timeoutSeconds(timeout, inputs) });
    if (problems.length === 0) return;
    throw new Error(`${problems.join("; ")}; find who should remove the finalizers, or remove them from the object by hand`);
  } catch (error) {
    if (isNotFound(error)) return;
    throw describe("delete", live, error);
  }
}
