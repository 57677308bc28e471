// Istio's security: https://istio.io/latest/docs/reference/config/security/

export const PEER_AUTHENTICATION = { apiVersion: "security.istio.io/v1", kind: "PeerAuthentication" } as const;
export const REQUEST_AUTHENTICATION = { apiVersion: "security.istio.io/v1", kind: "RequestAuthentication" } as const;
export const AUTHORIZATION_POLICY = { apiVersion: "security.istio.io/v1", kind: "AuthorizationPolicy" } as const;

export interface PeerAuthenticationSpec {
  readonly mtls: { readonly mode: "STRICT" | "PERMISSIVE" };
}

export interface RequestAuthenticationSpec {
  readonly targetRefs?: readonly PolicyTarget[];
  readonly jwtRules: readonly {
    readonly issuer: string;
    readonly jwksUri: string;
    readonly audiences: readonly string[];
  }[];
}

/** Without rules it allows nothing. Without `selector` and `targetRefs` it is about every pod of its namespace. */
export interface AuthorizationPolicySpec {
  readonly selector?: { readonly matchLabels: Readonly<Record<string, string>> };
  /** What the waypoint decides about. */
  readonly targetRefs?: readonly PolicyTarget[];
  /** @default "ALLOW" */
  readonly action?: "ALLOW" | "DENY";
  readonly rules?: readonly AuthorizationRule[];
}

export interface PolicyTarget {
  readonly group: "" | "gateway.networking.k8s.io";
  readonly kind: "Service" | "Gateway";
  readonly name: string;
}

/** A request matches where one of `from` and one of `to` does; of a list's texts one is enough, and "*" stands at their begin or end. */
export interface AuthorizationRule {
  readonly from?: readonly { readonly source: AuthorizationSource }[];
  readonly to?: readonly { readonly operation: { readonly methods?: readonly string[]; readonly paths?: readonly string[] } }[];
}

export interface AuthorizationSource {
  /** Who the caller's certificate says it is: "cluster.local/ns/apps/sa/echo". */
  readonly principals?: readonly string[];
  /** Who the request's token says it is: "<issuer>/<subject>". */
  readonly requestPrincipals?: readonly string[];
}
