import type { Identity } from "./props.ts";

/** Where Istio is, and where what is meant for the whole mesh is written. */
export const ROOT_NAMESPACE = "istio-system";

/** The proxy that does HTTP for a namespace in ambient mode, and its service account. */
export const WAYPOINT = "waypoint";

/** As Istio writes who a certificate belongs to. */
export function principalOf({ namespace, serviceAccount }: Identity): string {
  return `cluster.local/ns/${namespace}/sa/${serviceAccount}`;
}
