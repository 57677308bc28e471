import {
  INGRESS,
  INGRESS_CLASS,
  INGRESS_CLASS_PARAMETERS,
  type IngressClassParametersSpec,
  type IngressClassSpec,
  type IngressSpec,
  KONG_CLUSTER_PLUGIN,
  KONG_PLUGIN,
  type KongPluginFields,
  POD_MONITOR,
  type PodMonitorSpec,
} from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import type { Tls } from "./props.ts";

export interface KongProps {
  /** Of the IngressClass. */
  readonly name: string;
  /** Where Kong is. */
  readonly namespace: string;
  readonly routes: readonly KongRoute[];
  readonly tls: Tls;
}

/** A service that the world may call. */
export interface KongRoute {
  /** The Service under its own name, port 80; which pods answer is decided behind it, by the mesh. */
  readonly service: string;
  readonly namespace: string;
  readonly host: string;
  readonly rateLimit?: RateLimit | undefined;
}

/** Each of Kong's pods counts for itself: with three of them a caller may get three times as much. */
export interface RateLimit {
  /** Of at most so many a second, a minute, or both, the next is answered with 429. */
  readonly perSecond?: number | undefined;
  readonly perMinute?: number | undefined;
  /** Whether each address of a caller has its own count, or all callers share one. */
  readonly of: "caller" | "service";
}

/** What Kong is told besides its chart's values. */
export function kongManifests(props: KongProps): readonly Manifest[] {
  return [
    ...ingressClass(props),
    metricsPlugin(props),
    controllerMonitor(props),
    ...props.routes.flatMap((route) => routeManifests(props, route)),
  ];
}

function ingressClass({ name, namespace }: KongProps): readonly Manifest[] {
  const spec: IngressClassParametersSpec = { serviceUpstream: true };
  const parameters = {
    apiGroup: "configuration.konghq.com",
    kind: INGRESS_CLASS_PARAMETERS.kind,
    name,
    namespace,
    scope: "Namespace",
  } as const;
  const classSpec: IngressClassSpec = { controller: "ingress-controllers.konghq.com/kong", parameters };
  return [
    { ...INGRESS_CLASS_PARAMETERS, metadata: { name, namespace }, spec },
    { ...INGRESS_CLASS, metadata: { name }, spec: classSpec },
  ];
}

/** For every route: what dashboards, alerts and objectives with `kong` as their source read. */
function metricsPlugin({ name }: KongProps): Manifest {
  const fields: KongPluginFields = {
    plugin: "prometheus",
    config: { status_code_metrics: true, latency_metrics: true, upstream_health_metrics: true },
  };
  return { ...KONG_CLUSTER_PLUGIN, metadata: { name: "prometheus", labels: { global: "true" }, annotations: ofClass(name) }, ...fields };
}

/** The chart's own monitor finds pods by their Services, and the controller has none for its metrics. */
function controllerMonitor({ name, namespace }: KongProps): Manifest {
  const spec: PodMonitorSpec = {
    selector: { matchLabels: { app: `${name}-controller` } },
    podMetricsEndpoints: [{ port: "cmetrics", path: "/metrics" }],
  };
  return { ...POD_MONITOR, metadata: { name: `${name}-controller`, namespace }, spec };
}

function routeManifests(props: KongProps, route: KongRoute): readonly Manifest[] {
  return [...(route.rateLimit === undefined ? [] : [limitPlugin(props, route, route.rateLimit)]), ingress(props, route)];
}

function limitPlugin({ name }: KongProps, route: KongRoute, { perSecond, perMinute, of }: RateLimit): Manifest {
  const amounts = { ...(perSecond !== undefined && { second: perSecond }), ...(perMinute !== undefined && { minute: perMinute }) };
  const fields: KongPluginFields = {
    plugin: "rate-limiting",
    config: { ...amounts, policy: "local", limit_by: of === "caller" ? "ip" : "service", fault_tolerant: true },
  };
  return { ...KONG_PLUGIN, metadata: { name: limitName(route), namespace: route.namespace, annotations: ofClass(name) }, ...fields };
}

function ingress({ name, tls }: KongProps, route: KongRoute): Manifest {
  const backend = { service: { name: route.service, port: { number: 80 } } };
  const spec: IngressSpec = {
    ingressClassName: name,
    ...(tls !== "none" && { tls: [{ hosts: [route.host], secretName: "issuer" in tls ? `${route.service}-tls` : tls.secretName }] }),
    rules: [{ host: route.host, http: { paths: [{ path: "/", pathType: "Prefix", backend }] } }],
  };
  const annotations = {
    // The mesh finds a service's route by its own name, whatever the world calls it.
    "konghq.com/preserve-host": "false",
    ...(route.rateLimit && { "konghq.com/plugins": limitName(route) }),
    ...(tls !== "none" && { "konghq.com/protocols": "https", "konghq.com/https-redirect-status-code": "301" }),
    ...(tls !== "none" && "issuer" in tls && { "cert-manager.io/cluster-issuer": tls.issuer }),
  };
  return { ...INGRESS, metadata: { name: route.service, namespace: route.namespace, annotations }, spec };
}

function ofClass(name: string): Readonly<Record<string, string>> {
  return { "kubernetes.io/ingress.class": name };
}

function limitName({ service }: KongRoute): string {
  return `${service}-rate-limit`;
}
