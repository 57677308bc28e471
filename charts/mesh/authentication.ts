import {
  PEER_AUTHENTICATION,
  type PeerAuthenticationSpec,
  type PolicyTarget,
  REQUEST_AUTHENTICATION,
  type RequestAuthenticationSpec,
} from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { ROOT_NAMESPACE, WAYPOINT } from "./names.ts";
import type { MeshMode, TokenIssuer } from "./props.ts";

/** Nothing in the mesh takes a connection without a certificate of the mesh. */
export function strictMtls(): Manifest {
  const spec: PeerAuthenticationSpec = { mtls: { mode: "STRICT" } };
  return { ...PEER_AUTHENTICATION, metadata: { name: "default", namespace: ROOT_NAMESPACE }, spec };
}

/** Tokens that are not what they claim are refused. That there must be one is said by what is allowed: see Allow. */
export function trustedTokens(mode: MeshMode, namespace: string, issuers: readonly TokenIssuer[]): readonly Manifest[] {
  if (issuers.length === 0) return [];
  const jwtRules = issuers.map(({ issuer, jwksUri, audiences }) => ({ issuer, jwksUri, audiences }));
  const spec: RequestAuthenticationSpec = { ...(mode === "ambient" && { targetRefs: [WAYPOINT_TARGET] }), jwtRules };
  return [{ ...REQUEST_AUTHENTICATION, metadata: { name: "tokens", namespace }, spec }];
}

/** All that a namespace's waypoint sees. */
export const WAYPOINT_TARGET: PolicyTarget = { group: "gateway.networking.k8s.io", kind: "Gateway", name: WAYPOINT };
