import type { Alert } from "../../charts/alerts/index.ts";

export function jenkinsAlerts(name: string, namespace: string): readonly Alert[] {
  const ready = `kube_statefulset_status_replicas_ready{namespace="${namespace}",statefulset="${name}"}`;
  const volume = `{namespace="${namespace}",persistentvolumeclaim="${name}"}`;
  return [
    {
      name: "JenkinsDown",
      severity: "ticket",
      // A start with new plugins takes some minutes.
      forMinutes: 15,
      expr: `max by (namespace, statefulset) (${ready}) == 0 or absent(${ready})`,
      summary: "Jenkins is not ready",
      description: `Nothing is built. Begin with: kubectl -n ${namespace} describe pod ${name}-0, and its log: a wrong configuration keeps it from starting.`,
    },
    {
      name: "JenkinsBuildsWait",
      severity: "ticket",
      forMinutes: 30,
      expr: "max by (label) (default_jenkins_executors_queue_length) > 0",
      summary: "Builds for {{ $labels.label }} have been waiting for half an hour",
      description: `No agent comes: there are as many as there may be, or their pods do not start. kubectl -n ${namespace} get pods`,
    },
    {
      name: "JenkinsVolumeFull",
      severity: "ticket",
      forMinutes: 30,
      expr: `max by (namespace, persistentvolumeclaim) (kubelet_volume_stats_available_bytes${volume} / kubelet_volume_stats_capacity_bytes${volume}) < 0.1`,
      summary: "Volume {{ $labels.persistentvolumeclaim }} of Jenkins has less than a tenth left",
      description: "When it is full, no build can write its log. Have old builds discarded, or give it more room.",
    },
  ];
}
