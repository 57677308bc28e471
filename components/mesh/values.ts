import { extensionProviders, LATENCY_BUCKETS } from "../../charts/mesh/index.ts";
import type { HelmValues } from "../helm.ts";
import { resources, spread } from "../pods.ts";
import type { MeshArgs, MeshChart } from "./args.ts";

const RUNTIME_DEFAULT = { type: "RuntimeDefault" };

/** Our values of each chart. In ambient mode all of them take Istio's own profile for it. */
export function meshValues({ mode, replicas, telemetry }: MeshArgs): Readonly<Record<MeshChart, HelmValues>> {
  const profile = mode === "ambient" && { profile: "ambient" };
  return {
    base: { ...profile },
    istiod: { ...profile, ...controlPlane(replicas), ...proxies(), meshConfig: meshConfig(telemetry) },
    cni: {
      ...profile,
      global: { logAsJson: true },
      resources: resources("50m", "100Mi", "256Mi"),
    },
    ztunnel: { ...profile, logAsJson: true, resources: resources("100m", "128Mi", "1Gi") },
  };
}

/** The chart makes a disruption budget as soon as there is more than one copy. */
function controlPlane(replicas: number): HelmValues {
  return {
    autoscaleEnabled: false,
    replicaCount: replicas,
    resources: resources("100m", "256Mi", "1Gi"),
    seccompProfile: RUNTIME_DEFAULT,
    topologySpreadConstraints: spread({ app: "istiod" }),
  };
}

/** What every proxy gets. The node agents lead traffic to it, so that no pod needs the right to change its network. */
function proxies(): HelmValues {
  return {
    cni: { enabled: true },
    global: {
      logAsJson: true,
      proxy: { seccompProfile: RUNTIME_DEFAULT, resources: resources("50m", "128Mi", "512Mi") },
    },
    gateways: { seccompProfile: RUNTIME_DEFAULT },
    sidecarInjectorWebhook: { injectedAnnotations: LATENCY_BUCKETS },
  };
}

/** https://istio.io/latest/docs/reference/config/istio.mesh.v1alpha1/ */
function meshConfig(telemetry: MeshArgs["telemetry"]): HelmValues {
  return {
    outboundTrafficPolicy: { mode: "REGISTRY_ONLY" },
    extensionProviders: extensionProviders(telemetry),
    // "/public/../admin" and "/public//x" are what they mean before anything is allowed by path.
    pathNormalization: { normalization: "MERGE_SLASHES" },
  };
}
