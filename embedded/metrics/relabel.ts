// The relabelling that the Prometheus operator puts around a monitor's own, in its order: with it, a series has the same labels here as on a cluster.
import { meta, sanitized } from "./metaLabels.ts";
import type { Endpoint, PodMonitorSpec, Relabeling, ServiceMonitorSpec } from "./spec.ts";

/** An entry of Prometheus' relabel_configs. */
export type RelabelConfig = Readonly<Record<string, string | number | readonly string[]>>;

const rename = (from: string, to: string): RelabelConfig => ({ source_labels: [from], target_label: to });
const renameWhenThere = (from: string, to: string): RelabelConfig => ({ ...rename(from, to), regex: "(.+)", replacement: "$1" });
const set = (to: string, value: string): RelabelConfig => ({ target_label: to, replacement: value });
const keepJobName = rename("job", "__tmp_prometheus_job_name");

export function serviceRelabelings(spec: ServiceMonitorSpec, endpoint: Endpoint): readonly RelabelConfig[] {
  return [
    keepJobName,
    rename(meta("namespace"), "namespace"),
    rename(meta("service_name"), "service"),
    rename(meta("pod_name"), "pod"),
    rename(meta("pod_container_name"), "container"),
    ...(spec.targetLabels ?? []).map((label) => labelOf("service", label)),
    ...(spec.podTargetLabels ?? []).map((label) => labelOf("pod", label)),
    rename(meta("service_name"), "job"),
    ...(spec.jobLabel ? [labelOf("service", spec.jobLabel, "job")] : []),
    ...endpointLabel(endpoint),
    ...relabelConfigs(endpoint.relabelings),
  ];
}

/** @param job namespace/name of the monitor, the job label of targets that bring none */
export function podRelabelings(spec: PodMonitorSpec, endpoint: Endpoint, job: string): readonly RelabelConfig[] {
  return [
    keepJobName,
    rename(meta("namespace"), "namespace"),
    rename(meta("pod_container_name"), "container"),
    rename(meta("pod_name"), "pod"),
    ...(spec.podTargetLabels ?? []).map((label) => labelOf("pod", label)),
    set("job", job),
    ...(spec.jobLabel ? [labelOf("pod", spec.jobLabel, "job")] : []),
    ...endpointLabel(endpoint),
    ...relabelConfigs(endpoint.relabelings),
  ];
}

/** A monitor's own relabelings in Prometheus' spelling. */
export function relabelConfigs(relabelings: readonly Relabeling[] = []): readonly RelabelConfig[] {
  return relabelings.map(({ sourceLabels, separator, targetLabel, regex, modulus, replacement, action }) => ({
    ...(sourceLabels?.length && { source_labels: sourceLabels }),
    ...(separator !== undefined && { separator }),
    ...(targetLabel && { target_label: targetLabel }),
    ...(regex && { regex }),
    ...(modulus && { modulus }),
    ...(replacement !== undefined && { replacement }),
    ...(action && { action: action.toLowerCase() }),
  }));
}

function labelOf(role: "service" | "pod", label: string, to = sanitized(label)): RelabelConfig {
  return renameWhenThere(meta(`${role}_label_${sanitized(label)}`), to);
}

function endpointLabel({ port, targetPort }: Endpoint): readonly RelabelConfig[] {
  const name = port || String(targetPort ?? "");
  return name === "" ? [] : [set("endpoint", name)];
}
