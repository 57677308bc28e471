import type { KnownCallers, MeshNamespace } from "../../charts/mesh/index.ts";
import { istioIngressIdentity, kongIngressIdentity } from "../../components/ingress/index.ts";
import { Mesh } from "../../components/mesh/index.ts";
import type { Stack } from "../stack.ts";
import versions from "../versions.json" with { type: "json" };
import { after, type Context, type Dependency } from "./context.ts";
import { INGRESS } from "./ingress.ts";
import { NAMESPACES } from "./namespaces.ts";
import { addressesFor, PROMETHEUS_IDENTITY } from "./observability.ts";

const { charts } = versions;
const CHARTS = { base: charts["istio-base"], istiod: charts.istiod, cni: charts["istio-cni"], ztunnel: charts.ztunnel };

export function createMesh(context: Context, ...dependsOn: readonly Dependency[]): Mesh | undefined {
  const { stack, preset } = context;
  const part = stack.platform.mesh;
  if (part === undefined) return undefined;
  const { mode, issuers, accessLogs, traced } = part;
  const telemetry = { accessLogs, tracedPercent: traced, collector: collectorOf(addressesFor(preset).otlpGrpc) };
  const rules = { callers: callersOf(stack), namespaces: [servicesNamespace(stack, part)], issuers };
  const own = { charts: CHARTS, gatewayApi: versions["gateway-api"], replicas: preset.replicas };
  return new Mesh("mesh", { ...own, ...rules, mode, telemetry }, after(context, ...dependsOn));
}

function callersOf({ platform: { ingress } }: Stack): KnownCallers {
  if (ingress === undefined) return { prometheus: PROMETHEUS_IDENTITY };
  const identityOf = ingress.kind === "kong" ? kongIngressIdentity : istioIngressIdentity;
  return { prometheus: PROMETHEUS_IDENTITY, ingress: identityOf(INGRESS, NAMESPACES.ingress) };
}

/** A service of which nothing is said may be called from outside, where there is a way in, and by nobody else. */
function servicesNamespace({ services, platform }: Stack, { allow, egress }: NonNullable<Stack["platform"]["mesh"]>): MeshNamespace {
  const unsaid = platform.ingress === undefined ? [] : [{ from: "ingress" as const }];
  const allowed = Object.keys(services).map((name) => [name, allow[name] ?? unsaid] as const);
  return { name: NAMESPACES.services, services: Object.fromEntries(allowed), externalHosts: egress };
}

function collectorOf(address: string) {
  const [service = "", port] = address.split(":");
  // Istio wants the whole name of a Service.
  return { service: `${service}.svc.cluster.local`, port: Number(port) };
}
