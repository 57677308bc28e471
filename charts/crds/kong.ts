// Kong's ingress controller: https://developer.konghq.com/kubernetes-ingress-controller/reference/custom-resources/

export const KONG_PLUGIN = { apiVersion: "configuration.konghq.com/v1", kind: "KongPlugin" } as const;
export const KONG_CLUSTER_PLUGIN = { apiVersion: "configuration.konghq.com/v1", kind: "KongClusterPlugin" } as const;
export const INGRESS_CLASS_PARAMETERS = { apiVersion: "configuration.konghq.com/v1alpha1", kind: "IngressClassParameters" } as const;
export const INGRESS_CLASS = { apiVersion: "networking.k8s.io/v1", kind: "IngressClass" } as const;
export const INGRESS = { apiVersion: "networking.k8s.io/v1", kind: "Ingress" } as const;

/** A plugin's fields stand beside its metadata, not in a spec. */
export type KongPluginFields =
  | {
      readonly plugin: "rate-limiting";
      readonly config: {
        readonly second?: number;
        readonly minute?: number;
        readonly policy: "local";
        readonly limit_by: "ip" | "service";
        readonly fault_tolerant: boolean;
      };
    }
  | {
      readonly plugin: "prometheus";
      readonly config: {
        readonly status_code_metrics: boolean;
        readonly latency_metrics: boolean;
        readonly upstream_health_metrics: boolean;
      };
    };

export interface IngressClassParametersSpec {
  /** Requests go to the Service's own address and not to its pods', so that Kong's proxy of the mesh decides where they end. */
  readonly serviceUpstream: boolean;
}

export interface IngressClassSpec {
  readonly controller: "ingress-controllers.konghq.com/kong";
  readonly parameters: {
    readonly apiGroup: string;
    readonly kind: string;
    readonly name: string;
    readonly namespace: string;
    readonly scope: "Namespace";
  };
}

export interface IngressSpec {
  readonly ingressClassName: string;
  readonly tls?: readonly { readonly hosts: readonly string[]; readonly secretName: string }[];
  readonly rules: readonly {
    readonly host: string;
    readonly http: {
      readonly paths: readonly {
        readonly path: string;
        readonly pathType: "Prefix";
        readonly backend: { readonly service: { readonly name: string; readonly port: { readonly number: number } } };
      }[];
    };
  }[];
}
