// The labels with which Prometheus' own Kubernetes discovery describes a target (its documentation lists them under
// kubernetes_sd_config). Targets written with them can be relabelled by rules that were written for a cluster.
import { hasCondition, type KubernetesObject, nameOf, namespaceOf, type Pod, type Service } from "../kube/index.ts";

export type Labels = Readonly<Record<string, string>>;

export const meta = (name: string): string => `__meta_kubernetes_${name}`;

/** A label name as Prometheus makes it of a Kubernetes one: whatever is not a letter, digit or underscore becomes an underscore. */
export function sanitized(name: string): string {
  return name.replace(/[^a-zA-Z0-9_]/g, "_");
}

export function serviceLabels(service: Service): Labels {
  const { type = "ClusterIP", clusterIP = "" } = service.spec ?? {};
  return {
    [meta("namespace")]: namespaceOf(service),
    [meta("service_name")]: nameOf(service),
    [meta("service_type")]: type,
    [meta("service_cluster_ip")]: clusterIP,
    [meta("endpoints_name")]: nameOf(service),
    ...ownLabels("service", service),
  };
}

export function podLabels(pod: Pod): Labels {
  const { phase = "", podIP = "", hostIP = "" } = pod.status ?? {};
  const controller = pod.metadata?.ownerReferences?.find((owner) => owner.controller);
  return {
    [meta("namespace")]: namespaceOf(pod),
    [meta("pod_name")]: nameOf(pod),
    [meta("pod_uid")]: pod.metadata?.uid ?? "",
    [meta("pod_ip")]: podIP,
    [meta("pod_host_ip")]: hostIP,
    [meta("pod_node_name")]: pod.spec?.nodeName ?? "",
    [meta("pod_phase")]: phase,
    [meta("pod_ready")]: String(hasCondition(pod, "Ready")),
    ...(controller && { [meta("pod_controller_kind")]: controller.kind, [meta("pod_controller_name")]: controller.name }),
    ...ownLabels("pod", pod),
  };
}

function ownLabels(role: "pod" | "service", { metadata }: KubernetesObject): Labels {
  const described = (what: "label" | "annotation", values: Labels = {}) =>
    Object.entries(values).flatMap(([key, value]) => [
      [meta(`${role}_${what}_${sanitized(key)}`), value],
      [meta(`${role}_${what}present_${sanitized(key)}`), "true"],
    ]);
  return Object.fromEntries([...described("label", metadata?.labels), ...described("annotation", metadata?.annotations)]);
}
