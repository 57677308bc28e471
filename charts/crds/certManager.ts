// cert-manager: https://cert-manager.io/docs/reference/api-docs/

export const CLUSTER_ISSUER = { apiVersion: "cert-manager.io/v1", kind: "ClusterIssuer" } as const;

export type ClusterIssuerSpec =
  | { readonly selfSigned: Readonly<Record<string, never>> }
  | { readonly ca: { readonly secretName: string } }
  | {
      readonly acme: {
        readonly server: string;
        /** Where the authority writes to when a certificate is about to end. */
        readonly email: string;
        readonly privateKeySecretRef: { readonly name: string };
        readonly solvers: readonly AcmeSolver[];
      };
    };

/** How the authority is shown that a name is ours: by an answer over HTTP that the Gateway lets through. */
interface AcmeSolver {
  readonly http01: {
    readonly gatewayHTTPRoute: {
      readonly parentRefs: readonly { readonly name: string; readonly namespace: string; readonly kind: "Gateway" }[];
    };
  };
}

export const CERTIFICATE = { apiVersion: "cert-manager.io/v1", kind: "Certificate" } as const;

export interface CertificateSpec {
  readonly secretName: string;
  readonly isCA?: boolean;
  readonly commonName?: string;
  readonly dnsNames?: readonly string[];
  readonly issuerRef: { readonly name: string; readonly kind: "ClusterIssuer" };
}
