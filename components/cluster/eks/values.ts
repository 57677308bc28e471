// Our values of the charts that every cluster on AWS has.
import type { HelmValues } from "../../helm.ts";
import { resources } from "../../pods.ts";
import type { EksClusterArgs } from "./args.ts";

/** What a controller must not be able to do, and none of these needs. */
const CONFINED = { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, runAsNonRoot: true, capabilities: { drop: ["ALL"] } };

const SECCOMP = { seccompProfile: { type: "RuntimeDefault" } };

export function loadBalancerValues({ clusterName, region, vpcId, replicas, tags }: EksClusterArgs): HelmValues {
  return {
    // Asked for here, and not of the machine, whose answers pods cannot hear.
    clusterName,
    region,
    vpcId,
    replicaCount: replicas,
    serviceAccount: { name: "aws-load-balancer-controller" },
    // A Service says that it wants this controller; it does not take all. So no Service waits for its webhook either.
    enableServiceMutatorWebhook: false,
    createIngressClassResource: false,
    ingressClassParams: { create: false },
    // Gateways are the mesh's.
    controllerConfig: { featureGates: { NLBGatewayAPI: false, ALBGatewayAPI: false } },
    enableShield: false,
    enableWaf: false,
    enableWafv2: false,
    defaultTargetType: "ip",
    defaultLoadBalancerScheme: "internal",
    defaultTags: tags,
    // Otherwise every upgrade makes a new certificate, which running pods do not have.
    keepTLSSecret: true,
    podSecurityContext: SECCOMP,
    securityContext: CONFINED,
    resources: resources("50m", "128Mi", "256Mi"),
    podDisruptionBudget: { maxUnavailable: 1 },
    topologySpreadConstraints: spread("aws-load-balancer-controller"),
  };
}

export function autoscalerValues({ clusterName, region, replicas }: EksClusterArgs): HelmValues {
  return {
    cloudProvider: "aws",
    awsRegion: region,
    autoDiscovery: { clusterName },
    replicaCount: replicas,
    rbac: { serviceAccount: { name: "cluster-autoscaler" } },
    // Zones are kept even, and the controllers of kube-system, which are anywhere, do not keep a node for themselves.
    extraArgs: { "balance-similar-node-groups": true, "skip-nodes-with-system-pods": false, expander: "least-waste" },
    securityContext: { ...SECCOMP, runAsUser: 65534, runAsGroup: 65534 },
    containerSecurityContext: CONFINED,
    resources: resources("50m", "200Mi", "600Mi"),
    topologySpreadConstraints: spread("aws-cluster-autoscaler"),
  };
}

export function metricsServerValues({ replicas }: EksClusterArgs): HelmValues {
  return {
    replicas,
    // The API server checks whom it asks.
    apiService: { insecureSkipTLSVerify: false },
    tls: { type: "helm", helm: { certDurationDays: 3650 } },
    resources: resources("50m", "100Mi", "300Mi"),
    podDisruptionBudget: { enabled: replicas > 1, maxUnavailable: 1 },
    topologySpreadConstraints: spread("metrics-server"),
  };
}

/** @param app what the chart calls its pods */
function spread(app: string): readonly object[] {
  const labelSelector = { matchLabels: { "app.kubernetes.io/name": app } };
  return [{ maxSkew: 1, topologyKey: "topology.kubernetes.io/zone", whenUnsatisfiable: "ScheduleAnyway", labelSelector }];
}
