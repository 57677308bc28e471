// One list of kinds says what may come from Git, what Argo CD has rights for and what it watches.

interface Delivered {
  /** Empty for Kubernetes' core. */
  readonly group: string;
  readonly kind: string;
  /** As rights name it. */
  readonly resource: string;
}

const NETWORKING = "networking.istio.io";
const MONITORING = "monitoring.coreos.com";
const ARGO = "argoproj.io";

/** What a service is made of (charts/service, charts/slo). No secrets, no rights, nothing outside a namespace: those are not for a team's repository. */
export const DELIVERED: readonly Delivered[] = [
  { group: "", kind: "ConfigMap", resource: "configmaps" },
  { group: "", kind: "Service", resource: "services" },
  { group: "", kind: "ServiceAccount", resource: "serviceaccounts" },
  { group: "autoscaling", kind: "HorizontalPodAutoscaler", resource: "horizontalpodautoscalers" },
  { group: "networking.k8s.io", kind: "NetworkPolicy", resource: "networkpolicies" },
  { group: "policy", kind: "PodDisruptionBudget", resource: "poddisruptionbudgets" },
  { group: ARGO, kind: "AnalysisTemplate", resource: "analysistemplates" },
  { group: ARGO, kind: "Rollout", resource: "rollouts" },
  { group: NETWORKING, kind: "DestinationRule", resource: "destinationrules" },
  { group: NETWORKING, kind: "VirtualService", resource: "virtualservices" },
  { group: MONITORING, kind: "PrometheusRule", resource: "prometheusrules" },
  { group: MONITORING, kind: "ServiceMonitor", resource: "servicemonitors" },
];

/** What these bring forth, for the tree that people look at. */
const BROUGHT_FORTH: readonly Delivered[] = [
  { group: "", kind: "Pod", resource: "pods" },
  { group: "apps", kind: "ReplicaSet", resource: "replicasets" },
  { group: ARGO, kind: "AnalysisRun", resource: "analysisruns" },
];

interface Rule {
  readonly apiGroups: readonly string[];
  readonly resources: readonly string[];
  readonly verbs: readonly string[];
}

/** Rights of the controller in the whole cluster; the chart's own are every right on everything. */
export function controllerRules(): readonly Rule[] {
  const write = ["get", "list", "watch", "create", "update", "patch", "delete"];
  return [
    ...rules(DELIVERED, write),
    ...rules(BROUGHT_FORTH, ["get", "list", "watch"]),
    { apiGroups: [""], resources: ["events"], verbs: ["create", "list"] },
  ];
}

/** Rights of the server, for those who look: nobody changes a live object through it. */
export function viewerRules(): readonly Rule[] {
  return [
    ...rules([...DELIVERED, ...BROUGHT_FORTH], ["get"]),
    { apiGroups: [""], resources: ["events"], verbs: ["list"] },
    { apiGroups: [""], resources: ["pods/log"], verbs: ["get"] },
  ];
}

/** `resource.inclusions` of argocd-cm: what is not in it is not watched, so no right is needed for it. */
export function inclusions() {
  return byGroup([...DELIVERED, ...BROUGHT_FORTH]).map(([group, delivered]) => ({
    apiGroups: [group],
    kinds: delivered.map(({ kind }) => kind),
    clusters: ["*"],
  }));
}

function rules(delivered: readonly Delivered[], verbs: readonly string[]): readonly Rule[] {
  return byGroup(delivered).map(([group, ofGroup]) => ({ apiGroups: [group], resources: ofGroup.map(({ resource }) => resource), verbs }));
}

function byGroup(delivered: readonly Delivered[]): readonly (readonly [string, readonly Delivered[]])[] {
  return [...Map.groupBy(delivered, ({ group }) => group)];
}
