/** How pods come into the mesh: a proxy in each pod, or one on each node and one for HTTP in each namespace. */
export type MeshMode = "sidecar" | "ambient";

/** Who a pod is, by its certificate. */
export interface Identity {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** The platform's own callers, by role. */
export interface KnownCallers {
  /** Where requests from outside come in. Left out, nothing can be allowed to it. */
  readonly ingress?: Identity | undefined;
  /** It may read /metrics of every service. Left out, it may not. */
  readonly prometheus?: Identity | undefined;
}

/** One thing that is allowed to a caller of a service. */
export interface Allow {
  readonly from: Identity | keyof KnownCallers;
  /** @default every method */
  readonly methods?: readonly string[] | undefined;
  /** Whole paths, or the beginning of one before "*": "/api/*". @default every path */
  readonly paths?: readonly string[] | undefined;
  /** The request has to bring a token of this issuer, one of `issuers`. @default it needs none */
  readonly issuer?: string | undefined;
}

/** Who signs tokens (JWT) that services trust. */
export interface TokenIssuer {
  /** As in the token's `iss`. */
  readonly issuer: string;
  /** Where its keys are found, over https. */
  readonly jwksUri: string;
  /** Tokens for others are refused. At least one. */
  readonly audiences: readonly string[];
}

/** A place outside the cluster that a namespace's services may call. */
export interface ExternalHost {
  /** "api.example.com", or "*.example.com" for all names below. */
  readonly host: string;
  /** 443 is TLS, whose server name is checked; 80 is HTTP; all else TCP. */
  readonly port: number;
}

/** A namespace whose pods are in the mesh. */
export interface MeshNamespace {
  readonly name: string;
  /** What is allowed, by service. A service that is not named gets no requests at all. */
  readonly services: Readonly<Record<string, readonly Allow[]>>;
  /** What its pods may call outside the cluster. */
  readonly externalHosts: readonly ExternalHost[];
}

export interface MeshProps {
  readonly mode: MeshMode;
  readonly callers: KnownCallers;
  readonly namespaces: readonly MeshNamespace[];
  readonly issuers: readonly TokenIssuer[];
  readonly telemetry: MeshTelemetry;
}

export interface MeshTelemetry {
  /** Which requests a line is written of: those answered with 5xx, or all. */
  readonly accessLogs: "errors" | "all";
  /** Where spans go, by OTLP over gRPC. Left out, there are none. */
  readonly collector?: { readonly service: string; readonly port: number } | undefined;
  /** Percent of requests that begin a trace, 0 to 100. */
  readonly tracedPercent: number;
}
