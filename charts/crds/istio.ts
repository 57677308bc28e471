// Istio's traffic management: https://istio.io/latest/docs/reference/config/networking/

export const VIRTUAL_SERVICE = { apiVersion: "networking.istio.io/v1", kind: "VirtualService" } as const;
export const DESTINATION_RULE = { apiVersion: "networking.istio.io/v1", kind: "DestinationRule" } as const;

export interface VirtualServiceSpec {
  readonly hosts: readonly string[];
  readonly gateways: readonly string[];
  readonly http: readonly HttpRoute[];
}

interface HttpRoute {
  readonly name: string;
  readonly route: readonly { readonly destination: { readonly host: string }; readonly weight: number }[];
  readonly retries: { readonly attempts: number; readonly retryOn: string };
}

export interface DestinationRuleSpec {
  readonly host: string;
  /** Parts of the host's pods that a route can name. */
  readonly subsets?: readonly { readonly name: string; readonly labels: Readonly<Record<string, string>> }[];
  readonly trafficPolicy: {
    readonly loadBalancer: { readonly simple: "LEAST_REQUEST" | "ROUND_ROBIN" | "RANDOM" };
    readonly connectionPool: { readonly http: { readonly idleTimeout: string } };
  };
}
