import { CERTIFICATE, type CertificateSpec, CLUSTER_ISSUER, type ClusterIssuerSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";

export interface IssuerProps {
  /** Name of the ClusterIssuer that certificates ask. */
  readonly name: string;
  /** Namespace of cert-manager, where it looks for what a ClusterIssuer refers to. */
  readonly namespace: string;
  readonly authority: OwnAuthority | AcmeAuthority;
}

/** An authority of the cluster's own, which no browser knows: for laptops and for traffic that stays inside. */
interface OwnAuthority {
  readonly kind: "own";
}

/** A public authority by the ACME protocol, Let's Encrypt for one. */
interface AcmeAuthority {
  readonly kind: "acme";
  readonly server: string;
  readonly email: string;
  /** The Gateway through which the authority asks. */
  readonly gateway: { readonly name: string; readonly namespace: string };
}

/** The issuer, and what it needs. */
export function issuerManifests({ name, namespace, authority }: IssuerProps): readonly Manifest[] {
  if (authority.kind === "acme") return [issuer(name, acmeSpec(name, authority))];
  const root = `${name}-root`;
  const certificate: CertificateSpec = { secretName: root, isCA: true, commonName: name, issuerRef: { name: root, kind: "ClusterIssuer" } };
  return [
    issuer(root, { selfSigned: {} }),
    { ...CERTIFICATE, metadata: { name: root, namespace }, spec: certificate },
    issuer(name, { ca: { secretName: root } }),
  ];
}

function issuer(name: string, spec: ClusterIssuerSpec): Manifest {
  return { ...CLUSTER_ISSUER, metadata: { name }, spec };
}

function acmeSpec(name: string, { server, email, gateway }: AcmeAuthority): ClusterIssuerSpec {
  const solvers = [{ http01: { gatewayHTTPRoute: { parentRefs: [{ ...gateway, kind: "Gateway" as const }] } } }];
  return { acme: { server, email, privateKeySecretRef: { name: `${name}-account` }, solvers } };
}
