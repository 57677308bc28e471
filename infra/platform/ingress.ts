import type { RateLimit, Tls } from "../../components/ingress/index.ts";
import { IstioIngress, KongIngress } from "../../components/ingress/index.ts";
import type { Stack } from "../stack.ts";
import versions from "../versions.json" with { type: "json" };
import { after, type Context, type Dependency } from "./context.ts";
import { NAMESPACES } from "./namespaces.ts";
import { ISSUER } from "./security.ts";

/** Its name, by which the mesh knows who comes from there. */
export const INGRESS = "ingress";

type IngressPart = NonNullable<Stack["platform"]["ingress"]>;

/** The way in, of either kind. */
export type Entrance = IstioIngress | KongIngress;

export function createIngress(context: Context, ...dependsOn: readonly Dependency[]): Entrance | undefined {
  const { stack, preset, ground } = context;
  const part = stack.platform.ingress;
  const exposure = ground.cluster.offers.loadBalancer;
  if (part === undefined || exposure === undefined) return undefined;
  const { kind, hosts, callers, rateLimits } = part;
  const entrance = { namespace: NAMESPACES.ingress, replicas: preset.replicas, exposure, callers, tls: tlsOf(part) };
  const options = after(context, ...dependsOn);
  if (kind === "istio")
    return new IstioIngress(INGRESS, { ...entrance, chart: versions.charts["istio-gateway"], hosts, from: [NAMESPACES.services] }, options);
  const routes = Object.keys(stack.services).map((service) => routeTo(service, ground.cluster.hostOf(service), rateLimits[service]));
  const mesh = stack.platform.mesh?.mode ?? "sidecar";
  return new KongIngress(INGRESS, { ...entrance, chart: versions.charts["kong-ingress"], mesh, routes }, options);
}

function tlsOf({ tls, secret = "" }: IngressPart): Tls {
  if (tls === "none") return tls;
  return tls === "given" ? { secretName: secret } : { issuer: ISSUER };
}

function routeTo(service: string, host: string, rateLimit: RateLimit | undefined) {
  return { service, namespace: NAMESPACES.services, host, rateLimit };
}
