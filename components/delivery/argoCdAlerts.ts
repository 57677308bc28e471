import { type Alert, down } from "../../charts/alerts/index.ts";

/** @param name of the component */
export function argoCdAlerts(name: string, namespace: string): readonly Alert[] {
  const controller = `kube_statefulset_status_replicas_ready{namespace="${namespace}",statefulset="${name}-application-controller"}`;
  return [
    {
      name: "ArgoCdControllerDown",
      severity: "ticket",
      forMinutes: 10,
      expr: `max by (namespace, statefulset) (${controller}) == 0 or absent(${controller})`,
      summary: "{{ $labels.namespace }}/{{ $labels.statefulset }} is not ready",
      description: "Nothing new comes from Git, and nothing that is changed by hand is put right. What runs goes on.",
    },
    down({
      name: "ArgoCdRepoServerDown",
      severity: "ticket",
      namespace,
      deployment: `${name}-repo-server`,
      meaning: "No repository is read: nothing new comes from Git.",
    }),
    down({ name: "ArgoCdServerDown", severity: "ticket", namespace, deployment: `${name}-server`, meaning: "Nobody can look at Argo CD." }),
    ...applicationAlerts(),
  ];
}

function applicationAlerts(): readonly Alert[] {
  return [
    {
      name: "ApplicationOutOfSync",
      severity: "ticket",
      forMinutes: 60,
      expr: `max by (project, name) (argocd_app_info{sync_status!="Synced"}) == 1`,
      summary: "Application {{ $labels.name }} has not been what Git says for an hour",
      description:
        "Its sync fails, or somebody else writes the same fields again and again. Which: Argo CD's page of the application, under Diff.",
    },
    {
      name: "ApplicationUnhealthy",
      severity: "ticket",
      forMinutes: 15,
      expr: `max by (project, name, health_status) (argocd_app_info{health_status=~"Degraded|Missing|Unknown"}) == 1`,
      summary: "Application {{ $labels.name }} is {{ $labels.health_status }}",
      description:
        "One of its objects is not as it should be. A Rollout that was rolled back counts as Degraded until Git asks for another version.",
    },
    {
      name: "ApplicationSyncFailing",
      severity: "ticket",
      forMinutes: 10,
      expr: `sum by (project, name) (increase(argocd_app_sync_total{phase=~"Error|Failed"}[30m])) > 1`,
      summary: "Application {{ $labels.name }} cannot be synced",
      description:
        "The API server or a policy refuses one of its objects, or the project does not allow it. The application's page has the answer.",
    },
  ];
}
