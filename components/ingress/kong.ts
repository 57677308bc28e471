import * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../charts/alerts/index.ts";
import { type KongRoute, kongManifests } from "../../charts/ingress/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { budget, resources, spread } from "../pods.ts";
import { refuse } from "../refuse.ts";
import { configRefused, gatewayDown, gatewayErrors } from "./alerts.ts";
import { type EntranceArgs, entranceProblems, hostProblem, type Identity, rateLimitProblems } from "./args.ts";
import { PROXY_RESOURCES } from "./proxy.ts";

export interface KongIngressArgs extends EntranceArgs {
  /** How Kong's pods are in the mesh, whose services let nobody in who is not. */
  readonly mesh: "sidecar" | "ambient";
  readonly routes: readonly KongRoute[];
}

/**
 * Kong as the way in, for those who want its plugins: rate limits are here. It calls a service by the service's own address; where the request ends is
 * decided by the mesh's proxy on its way out, so that a rollout's weights hold.
 */
export class KongIngress extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = ["platform"] as const;
  readonly identity: Identity;

  /** @throws pulumi.InputPropertiesError with all that is wrong with `args` */
  constructor(name: string, args: KongIngressArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:ingress:KongIngress", name, {}, options);
    assertArgs(name, args);
    const { chart, namespace, routes, tls, values } = args;
    const release = helmRelease(name, { source: chart, namespace, values: kongValues(name, args), overrides: values }, { parent: this });
    createObjects(kongManifests({ name, namespace, routes, tls }), { parent: this, held: new HeldOutputs(), dependsOn: [release] });

    this.identity = kongIngressIdentity(name, namespace);
    this.alerts = kongAlerts(name, args);
    this.registerOutputs({});
  }
}

/** Known before the component is made: the mesh, which comes first, has to let it in. */
export function kongIngressIdentity(name: string, namespace: string): Identity {
  return { namespace, serviceAccount: `${name}-gateway` };
}

function assertArgs(name: string, args: KongIngressArgs): void {
  refuse(`ingress "${name}"`, [
    ...entranceProblems(args),
    ...args.routes.flatMap((route, index) => [
      hostProblem(`routes[${index}].host`, route.host),
      ...rateLimitProblems(`routes[${index}]`, route),
    ]),
  ]);
}

function kongValues(name: string, args: KongIngressArgs): HelmValues {
  return {
    controller: {
      replicaCount: Math.min(args.replicas, 2),
      podDisruptionBudget: budget(args.replicas),
      // The class with its parameters is written by us: charts/ingress.
      ingressController: { ingressClass: name, createIngressClass: false, resources: CONTROLLER_RESOURCES },
    },
    gateway: {
      // The kinds of the Prometheus operator may come later than Helm looks for them.
      serviceMonitor: { enabled: true, trustCRDsExist: true },
      ...MEMBERSHIP[args.mesh],
      replicaCount: args.replicas,
      podDisruptionBudget: budget(args.replicas),
      resources: PROXY_RESOURCES,
      topologySpreadConstraints: spread({ "app.kubernetes.io/instance": name, "app.kubernetes.io/name": "gateway" }),
      env: { anonymous_reports: "off" },
      manager: { enabled: false },
      portal: { enabled: false },
      portalapi: { enabled: false },
      proxy: proxyValues(args),
    },
  };
}

const CONTROLLER_RESOURCES = resources("50m", "128Mi", "256Mi");

/** Whom the world calls is no member of the mesh, so that only what goes out is led through its proxies. */
const MEMBERSHIP: Readonly<Record<KongIngressArgs["mesh"], HelmValues>> = {
  sidecar: { podLabels: { "sidecar.istio.io/inject": "true" } },
  ambient: {
    podLabels: { "istio.io/dataplane-mode": "ambient" },
    podAnnotations: { "ambient.istio.io/bypass-inbound-capture": "true" },
  },
};

function proxyValues({ exposure, callers = [] }: KongIngressArgs): HelmValues {
  if (exposure.type === "NodePort") return { type: exposure.type, http: { nodePort: exposure.http }, tls: { nodePort: exposure.https } };
  const { type, className, annotations } = exposure;
  return { type, annotations, loadBalancerClass: className, loadBalancerSourceRanges: callers };
}

function kongAlerts(name: string, { namespace }: KongIngressArgs): readonly Alert[] {
  return [
    gatewayDown("KongDown", namespace, `${name}-gateway`),
    gatewayErrors("KongErrors", "kong_http_requests_total", `namespace="${namespace}"`, "code"),
    configRefused(namespace),
  ];
}
