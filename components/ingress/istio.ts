import * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../charts/alerts/index.ts";
import { type IstioIngressProps, istioIngressManifests } from "../../charts/ingress/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { spread } from "../pods.ts";
import { refuse } from "../refuse.ts";
import { certificateNotRenewed, gatewayDown, gatewayErrors } from "./alerts.ts";
import { type EntranceArgs, entranceProblems, hostProblem, type Identity } from "./args.ts";
import { PROXY_RESOURCES } from "./proxy.ts";

export interface IstioIngressArgs extends EntranceArgs, Pick<IstioIngressProps, "hosts" | "from"> {
  /** The most copies, scaled by CPU; needs a metrics server. @default as many as `replicas`, always */
  readonly maxReplicas?: number | undefined;
}

/** Istio's own proxies as the way in: they route by the same VirtualServices as the mesh, so that a rollout's weights hold for the world as well. */
export class IstioIngress extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = ["platform"] as const;
  /** What a VirtualService names, beside "mesh", to be reached from outside: "<namespace>/<name>". */
  readonly gateway: string;
  /** Gateway of the Gateway API on the plain port, for cert-manager's answers; undefined without TLS. */
  readonly plainGateway: { readonly name: string; readonly namespace: string } | undefined;
  readonly identity: Identity;

  /** @throws pulumi.InputPropertiesError with all that is wrong with `args` */
  constructor(name: string, args: IstioIngressArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:ingress:IstioIngress", name, {}, options);
    assertArgs(name, args);
    const { chart, namespace, hosts, from, tls, values } = args;
    const release = helmRelease(name, { source: chart, namespace, values: gatewayValues(name, args), overrides: values }, { parent: this });
    const manifests = istioIngressManifests({ name, namespace, hosts, from, tls });
    createObjects(manifests, { parent: this, held: new HeldOutputs(), dependsOn: [release] });

    this.gateway = `${namespace}/${name}`;
    this.plainGateway = tls === "none" ? undefined : { name: `${name}-http`, namespace };
    this.identity = istioIngressIdentity(name, namespace);
    this.alerts = istioAlerts(name, args);
    this.registerOutputs({ gateway: this.gateway });
  }
}

/** Known before the component is made: the mesh, which comes first, has to let it in. */
export function istioIngressIdentity(name: string, namespace: string): Identity {
  return { namespace, serviceAccount: name };
}

function assertArgs(name: string, args: IstioIngressArgs): void {
  const { replicas, maxReplicas = replicas, hosts, from } = args;
  refuse(`ingress "${name}"`, [
    ...entranceProblems(args),
    maxReplicas < replicas && { propertyPath: "maxReplicas", reason: `${maxReplicas} is less than replicas (${replicas})` },
    hosts.length === 0 && { propertyPath: "hosts", reason: "empty: nothing could be reached; give at least one name" },
    from.length === 0 && { propertyPath: "from", reason: "empty: nothing could be routed; give the namespaces of the services" },
    ...hosts.map((host) => hostProblem("hosts", host)),
  ]);
}

function gatewayValues(name: string, args: IstioIngressArgs): HelmValues {
  const { replicas, maxReplicas } = args;
  return {
    ...(maxReplicas === undefined
      ? { replicaCount: replicas, autoscaling: { enabled: false } }
      : { autoscaling: { enabled: true, minReplicas: replicas, maxReplicas } }),
    ...(replicas > 1 && { podDisruptionBudget: { maxUnavailable: 1 } }),
    resources: PROXY_RESOURCES,
    // The ports below 1024 are opened to everybody in the pod, so that nobody in it has to be root.
    securityContext: {
      seccompProfile: { type: "RuntimeDefault" },
      sysctls: [{ name: "net.ipv4.ip_unprivileged_port_start", value: "0" }],
    },
    topologySpreadConstraints: spread({ app: name }),
    service: serviceValues(args),
  };
}

/** The chart would also show the port for health checks to the world. */
function serviceValues({ exposure, callers = [] }: IstioIngressArgs): HelmValues {
  const { type } = exposure;
  const nodePort = (name: "http" | "https") => exposure.type === "NodePort" && { nodePort: exposure[name] };
  const ports = [
    { name: "http2", port: 80, protocol: "TCP", targetPort: 80, ...nodePort("http") },
    { name: "https", port: 443, protocol: "TCP", targetPort: 443, ...nodePort("https") },
  ];
  if (exposure.type === "NodePort") return { type, ports };
  const { className, annotations } = exposure;
  return { type, ports, annotations, loadBalancerClass: className, loadBalancerSourceRanges: callers };
}

function istioAlerts(name: string, { namespace, tls }: IstioIngressArgs): readonly Alert[] {
  const own = `reporter="source",source_workload="${name}",source_workload_namespace="${namespace}"`;
  return [
    gatewayDown("IngressDown", namespace, name),
    gatewayErrors("IngressErrors", "istio_requests_total", own, "response_code"),
    ...(tls !== "none" && "issuer" in tls ? [certificateNotRenewed(namespace, name)] : []),
  ];
}
