import { parseQuantity } from "../kube/index.ts";
import type { Container, Pod } from "./types.ts";

/** What the node knows about a pod beside its object. */
export interface Place {
  readonly podIP: string;
  readonly hostIP: string;
  readonly nodeName: string;
  /** What the node can give at most, by resource: the value of a limit that is not set. */
  readonly allocatable: Readonly<Record<string, string>>;
}

/** A pod's own field by the downward API's path, e.g. "metadata.labels['app']"; undefined when the path is not one of the downward API's. */
export function fieldOf(pod: Pod, place: Place, path: string): string | undefined {
  const [, kind, key] = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path) ?? [];
  if (kind === "labels" && key !== undefined) return pod.metadata?.labels?.[key] ?? "";
  if (kind === "annotations" && key !== undefined) return pod.metadata?.annotations?.[key] ?? "";
  const fields: Readonly<Record<string, string | undefined>> = {
    "metadata.name": pod.metadata?.name,
    "metadata.namespace": pod.metadata?.namespace,
    "metadata.uid": pod.metadata?.uid,
    "spec.nodeName": place.nodeName,
    "spec.serviceAccountName": pod.spec?.serviceAccountName ?? "default",
    "status.hostIP": place.hostIP,
    "status.hostIPs": place.hostIP,
    "status.podIP": place.podIP,
    "status.podIPs": place.podIP,
  };
  return fields[path];
}

/**
 * A container's limit or request, e.g. "limits.memory", in units of the divisor and rounded up. A limit that is not set is what the node
 * can give; a request that is not set is 0.
 */
export function resourceOf(container: Container, place: Place, resource: string, divisor = "1"): string {
  const [kind, name = ""] = resource.split(".", 2);
  const limit = container.resources?.limits?.[name] ?? place.allocatable[name] ?? "0";
  const quantity = kind === "limits" ? limit : (container.resources?.requests?.[name] ?? "0");
  const unit = divisor === "0" ? 1 : parseQuantity(divisor); // the API server writes a divisor that is left out as "0"
  return String(Math.ceil(parseQuantity(quantity) / unit));
}
