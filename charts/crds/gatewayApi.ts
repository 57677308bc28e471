// The Gateway API: https://gateway-api.sigs.k8s.io/reference/spec/

export const GATEWAY = { apiVersion: "gateway.networking.k8s.io/v1", kind: "Gateway" } as const;
export const HTTP_ROUTE = { apiVersion: "gateway.networking.k8s.io/v1", kind: "HTTPRoute" } as const;

export interface GatewaySpec {
  readonly gatewayClassName: string;
  /** The Service that is there already; without one, proxies are made. */
  readonly addresses?: readonly { readonly type: "Hostname"; readonly value: string }[];
  /** For proxies that are made. */
  readonly infrastructure?: { readonly annotations: Readonly<Record<string, string>> };
  readonly listeners: readonly {
    readonly name: string;
    readonly port: number;
    readonly protocol: "HTTP" | "HBONE";
    readonly allowedRoutes?: { readonly namespaces: { readonly from: "All" | "Same" } };
  }[];
}

export interface HttpRouteSpec {
  readonly parentRefs: readonly { readonly name: string; readonly sectionName?: string }[];
  readonly rules: readonly {
    readonly filters: readonly {
      readonly type: "RequestRedirect";
      readonly requestRedirect: { readonly scheme: "https"; readonly statusCode: 301 };
    }[];
  }[];
}
