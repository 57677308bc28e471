import {
  CERTIFICATE,
  type CertificateSpec,
  GATEWAY,
  type GatewaySpec,
  HTTP_ROUTE,
  type HttpRouteSpec,
  ISTIO_GATEWAY,
  type IstioGatewaySpec,
} from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import type { Tls } from "./props.ts";

export interface IstioIngressProps {
  /** Of the Service and its pods, and of the Gateway that a VirtualService names as "<namespace>/<name>". */
  readonly name: string;
  readonly namespace: string;
  /** Public names, "*.example.com" for all below one. */
  readonly hosts: readonly string[];
  /** Namespaces that may route them. */
  readonly from: readonly string[];
  readonly tls: Tls;
}

/**
 * The two ports of the proxies. The one for requests is Istio's own Gateway, because only VirtualServices have a rollout's weights; the one that only
 * sends people there is a Gateway of the Gateway API, by which cert-manager can answer its authority. See docs/decisions/ingress.md.
 */
export function istioIngressManifests(props: IstioIngressProps): readonly Manifest[] {
  if (props.tls === "none") return [forRequests(props, { port: { number: 80, name: "http", protocol: "HTTP" } })];
  const secretName = secretNameOf(props.name, props.tls);
  const https = {
    port: { number: 443, name: "https", protocol: "HTTPS" },
    tls: { mode: "SIMPLE", credentialName: secretName, minProtocolVersion: "TLSV1_2" },
  } as const;
  return [
    forRequests(props, https),
    plainPort(props),
    toHttps(props),
    ...("issuer" in props.tls ? [certificate(props, props.tls.issuer)] : []),
  ];
}

function secretNameOf(name: string, tls: Exclude<Tls, "none">): string {
  return "issuer" in tls ? `${name}-tls` : tls.secretName;
}

function forRequests(
  { name, namespace, hosts, from }: IstioIngressProps,
  server: Pick<IstioGatewaySpec["servers"][number], "port" | "tls">,
): Manifest {
  const allowed = from.flatMap((place) => hosts.map((host) => `${place}/${host}`));
  const spec: IstioGatewaySpec = { selector: { app: name }, servers: [{ ...server, hosts: allowed }] };
  return { ...ISTIO_GATEWAY, metadata: { name, namespace }, spec };
}

/** Routes of other namespaces are not let in: the plain port is nobody's to serve. */
function plainPort({ name, namespace }: IstioIngressProps): Manifest {
  const spec: GatewaySpec = {
    gatewayClassName: "istio",
    addresses: [{ type: "Hostname", value: `${name}.${namespace}.svc.cluster.local` }],
    listeners: [{ name: "http", port: 80, protocol: "HTTP", allowedRoutes: { namespaces: { from: "Same" } } }],
  };
  return { ...GATEWAY, metadata: { name: `${name}-http`, namespace }, spec };
}

function toHttps({ name, namespace }: IstioIngressProps): Manifest {
  const redirect = { type: "RequestRedirect", requestRedirect: { scheme: "https", statusCode: 301 } } as const;
  const spec: HttpRouteSpec = { parentRefs: [{ name: `${name}-http` }], rules: [{ filters: [redirect] }] };
  return { ...HTTP_ROUTE, metadata: { name: `${name}-to-https`, namespace }, spec };
}

function certificate({ name, namespace, hosts }: IstioIngressProps, issuer: string): Manifest {
  const spec: CertificateSpec = { secretName: `${name}-tls`, dnsNames: hosts, issuerRef: { name: issuer, kind: "ClusterIssuer" } };
  return { ...CERTIFICATE, metadata: { name, namespace }, spec };
}
