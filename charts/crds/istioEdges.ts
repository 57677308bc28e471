// Where Istio's mesh ends: https://istio.io/latest/docs/reference/config/networking/

export const SERVICE_ENTRY = { apiVersion: "networking.istio.io/v1", kind: "ServiceEntry" } as const;
export const ISTIO_GATEWAY = { apiVersion: "networking.istio.io/v1", kind: "Gateway" } as const;

export interface ServiceEntrySpec {
  readonly hosts: readonly string[];
  /** Namespaces that see it; "." is its own. */
  readonly exportTo: readonly string[];
  readonly location: "MESH_EXTERNAL";
  readonly ports: readonly { readonly number: number; readonly name: string; readonly protocol: "TLS" | "HTTP" | "TCP" }[];
  /** DNS: the proxy looks the address up itself. NONE: it takes the one the caller asked for. */
  readonly resolution: "DNS" | "NONE";
}

export interface IstioGatewaySpec {
  readonly selector: Readonly<Record<string, string>>;
  readonly servers: readonly {
    readonly port: { readonly number: number; readonly name: string; readonly protocol: "HTTP" | "HTTPS" };
    /** "<namespace>/<host>": which namespaces may route which names. */
    readonly hosts: readonly string[];
    readonly tls?: { readonly mode: "SIMPLE"; readonly credentialName: string; readonly minProtocolVersion: "TLSV1_2" };
  }[];
}
