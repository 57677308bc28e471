// What a mesh is told: who is who, who may call whom, what may be called outside, what proxies write down.
import type { Manifest } from "../manifest.ts";
import { strictMtls, trustedTokens } from "./authentication.ts";
import { authorization } from "./authorization.ts";
import { externalHosts } from "./egress.ts";
import { monitors } from "./monitoring.ts";
import type { MeshNamespace, MeshProps } from "./props.ts";
import { telemetry } from "./telemetry.ts";
import { waypoint } from "./waypoint.ts";

export { LATENCY_BUCKETS } from "./buckets.ts";
export { principalOf, ROOT_NAMESPACE } from "./names.ts";
export { type PrometheusMembership, prometheusMembership } from "./prometheus.ts";
export type {
  Allow,
  ExternalHost,
  Identity,
  KnownCallers,
  MeshMode,
  MeshNamespace,
  MeshProps,
  MeshTelemetry,
  TokenIssuer,
} from "./props.ts";
export { extensionProviders } from "./telemetry.ts";

/** All objects of the mesh but for those of a service itself. Pure: the same props give the same manifests. */
export function meshManifests(props: MeshProps): readonly Manifest[] {
  const ofNamespaces = props.namespaces.flatMap((namespace) => namespaceManifests(props, namespace));
  return [strictMtls(), telemetry(props.telemetry), ...monitors(props.mode), ...ofNamespaces];
}

function namespaceManifests({ mode, callers, issuers }: MeshProps, namespace: MeshNamespace): readonly Manifest[] {
  return [
    ...(mode === "ambient" ? [waypoint(namespace.name)] : []),
    ...trustedTokens(mode, namespace.name, issuers),
    ...authorization(mode, callers, namespace),
    ...externalHosts(namespace),
  ];
}
