import type { GateInputs } from "@sluice/gate";
import { prometheusMembership } from "../../charts/mesh/index.ts";
import { addressesOf, Observability, prometheusReplicasOf } from "../../components/observability/index.ts";
import type { Preset } from "../presets.ts";
import { notificationsOf } from "../stack/parts/observability.ts";
import versions from "../versions.json" with { type: "json" };
import { after, type Context, type Dependency } from "./context.ts";
import { NAMESPACES } from "./namespaces.ts";

const NAME = "observability";
const NAMESPACE = NAMESPACES.observability;

/** Who Prometheus is, for those who must let it in. */
export const PROMETHEUS_IDENTITY = { namespace: NAMESPACE, serviceAccount: `${NAME}-prometheus` };

/** Where Prometheus will be, known before it is there. */
export function prometheusAddress(preset: Preset): GateInputs["prometheus"] {
  return { service: addressesFor(preset).prometheusService };
}

export function addressesFor({ replicas }: Preset) {
  return addressesOf(NAME, NAMESPACE, prometheusReplicasOf(replicas));
}

export function createObservability(context: Context, ...dependsOn: readonly Dependency[]): Observability | undefined {
  const { stack, preset, ground } = context;
  const part = stack.platform.observability;
  if (part === undefined) return undefined;
  const { alerts, grafana, datadog } = part;
  const { mesh } = stack.platform;
  const { replicas, retention, storageGibibytes } = preset;
  const sizes = { replicas, retention, storageGibibytes };
  const place = {
    charts: versions.charts,
    namespace: NAMESPACE,
    cluster: ground.cluster.name,
    kubeletsCertified: stack.cluster.kind !== "kind",
  };
  const args = { ...place, ...sizes, notifications: notificationsOf(alerts), grafana, datadog };
  const membership = mesh && prometheusMembership(mesh.mode);
  return new Observability(NAME, { ...args, membership }, after(context, ...dependsOn));
}
