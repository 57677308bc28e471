import { type Alert, down } from "../../charts/alerts/index.ts";

/** What is wrong with what tells of everything else. @param name of the component */
export function observabilityAlerts(name: string, namespace: string): readonly Alert[] {
  return [...prometheusAlerts(), ...alertmanagerAlerts(), ...collectorAlerts(name, namespace), ...storeAlerts(name, namespace)];
}

/** As far as a Prometheus can tell of itself. One that is gone tells nothing: that is what the dead man's switch is for. */
function prometheusAlerts(): readonly Alert[] {
  return [
    {
      name: "PrometheusNotIngesting",
      severity: "page",
      forMinutes: 10,
      expr: "sum by (namespace, pod) (rate(prometheus_tsdb_head_samples_appended_total[5m])) == 0",
      summary: "Prometheus {{ $labels.namespace }}/{{ $labels.pod }} takes in nothing",
      description:
        "Alerts and gates go by old numbers. A full disk is the usual reason; its log says which. Rollouts that are judged now wait.",
    },
    {
      name: "NothingIngested",
      severity: "page",
      forMinutes: 10,
      // What takes in nothing has no numbers of itself either.
      expr: "absent(prometheus_tsdb_head_samples_appended_total)",
      summary: "Prometheus takes in nothing, not even numbers of its own",
      description: "No other alert can fire, and every gate is blind. A full disk is the usual reason; its log says which.",
    },
    {
      name: "RuleEvaluationFailing",
      severity: "page",
      forMinutes: 5,
      expr: "sum by (namespace, pod, rule_group) (increase(prometheus_rule_evaluation_failures_total[5m])) > 0",
      summary: "Rules of {{ $labels.rule_group }} fail in {{ $labels.namespace }}/{{ $labels.pod }}",
      description: "An alert whose rule fails never fires. Prometheus' page Rules names the rule and its error.",
    },
    {
      name: "RuleEvaluationsMissed",
      severity: "ticket",
      forMinutes: 15,
      expr: "sum by (namespace, pod, rule_group) (increase(prometheus_rule_group_iterations_missed_total[10m])) > 0",
      summary: "Rules of {{ $labels.rule_group }} are left out in {{ $labels.namespace }}/{{ $labels.pod }}",
      description: "Their evaluation takes longer than their interval: alerts come late. The board Platform shows the slowest groups.",
    },
    {
      name: "PrometheusWithoutAlertmanager",
      severity: "page",
      forMinutes: 10,
      expr: "max by (namespace, pod) (prometheus_notifications_alertmanagers_discovered) == 0",
      summary: "Prometheus {{ $labels.namespace }}/{{ $labels.pod }} knows no Alertmanager",
      description: "Its alerts reach nobody. You read this because another copy still has one.",
    },
  ];
}

function alertmanagerAlerts(): readonly Alert[] {
  const by = "sum by (namespace, integration)";
  return [
    {
      name: "NotificationsFailing",
      severity: "page",
      forMinutes: 5,
      expr: `${by} (rate(alertmanager_notifications_failed_total[10m])) / ${by} (rate(alertmanager_notifications_total[10m])) > 0.05`,
      summary: "{{ $value | humanizePercentage }} of notices by {{ $labels.integration }} do not arrive",
      description:
        "Whoever relies on {{ $labels.integration }} alone is not told of alerts. Alertmanager's log names the answer: mostly a wrong or old secret.",
    },
    {
      name: "AlertmanagerConfigRefused",
      severity: "page",
      forMinutes: 10,
      expr: "max by (namespace, pod) (alertmanager_config_last_reload_successful) == 0",
      summary: "Alertmanager {{ $labels.namespace }}/{{ $labels.pod }} refuses its configuration",
      description: "It goes on with the one before, and with none once it is restarted. Its log names the line.",
    },
  ];
}

function collectorAlerts(name: string, namespace: string): readonly Alert[] {
  // One name for each kind of data: spans, metric_points, log_records.
  const counted = (what: string) =>
    `sum by (namespace, pod) (rate({__name__=~"otelcol_${what}_(spans|metric_points|log_records)_total"}[5m])) > 0`;
  const meaning = "No trace, log line or pushed metric arrives any more. Agents keep logs for it; everything else is lost.";
  return [
    down({ name: "CollectorDown", severity: "ticket", namespace, deployment: `${name}-collector`, meaning }),
    {
      name: "CollectorRefusing",
      severity: "ticket",
      forMinutes: 10,
      expr: counted("receiver_refused"),
      summary: "Collector {{ $labels.namespace }}/{{ $labels.pod }} refuses {{ $value | humanize }} records a second",
      description:
        "It is short of memory, mostly because what stands behind it does not take what it sends. Senders try again, for some minutes.",
    },
    {
      name: "CollectorDropping",
      severity: "ticket",
      forMinutes: 10,
      expr: counted("exporter_(send|enqueue)_failed"),
      summary: "Collector {{ $labels.namespace }}/{{ $labels.pod }} loses {{ $value | humanize }} records a second",
      description: "Traces, logs or metrics are missing for good. Its log names the exporter and the answer it gets.",
    },
  ];
}

function storeAlerts(name: string, namespace: string): readonly Alert[] {
  const stores = `namespace="${namespace}",statefulset=~"${name}-(logs|traces)"`;
  const volume = (what: string) => `kubelet_volume_stats_${what}_bytes{namespace="${namespace}"}`;
  const free = `min by (namespace, persistentvolumeclaim) (${volume("available")} / ${volume("capacity")})`;
  return [
    {
      name: "StoreDown",
      severity: "ticket",
      forMinutes: 10,
      expr: `max by (namespace, statefulset) (kube_statefulset_status_replicas_ready{${stores}}) == 0`,
      summary: "{{ $labels.namespace }}/{{ $labels.statefulset }} is not ready",
      description: `Its logs or traces cannot be read, and new ones are lost once the collector's queue is full. Begin with: kubectl -n ${namespace} get pods`,
    },
    {
      name: "LokiNotTaking",
      severity: "ticket",
      forMinutes: 10,
      expr: "sum by (namespace, reason) (rate(loki_discarded_samples_total[5m])) > 0",
      summary: "Loki throws away {{ $value | humanize }} lines a second: {{ $labels.reason }}",
      description:
        "These lines are missing for good. Reasons: https://grafana.com/docs/loki/latest/operations/request-validation-rate-limits/",
    },
    {
      name: "LokiErrors",
      severity: "ticket",
      forMinutes: 10,
      expr: `sum by (namespace, route) (rate(loki_request_duration_seconds_count{status_code=~"5.."}[5m])) / sum by (namespace, route) (rate(loki_request_duration_seconds_count[5m])) > 0.05`,
      summary: "{{ $value | humanizePercentage }} of Loki's answers on {{ $labels.route }} are errors",
      description: "On a route that pushes, lines are late or lost; on others, logs cannot be read.",
    },
    {
      name: "TracesDiscarded",
      severity: "ticket",
      forMinutes: 10,
      expr: "sum by (namespace, reason) (rate(tempo_discarded_spans_total[5m])) > 0",
      summary: "Tempo throws away {{ $value | humanize }} spans a second: {{ $labels.reason }}",
      description: "Traces have holes. A single service that sends far more than before is the usual reason.",
    },
    {
      name: "StorageNearlyFull",
      severity: "ticket",
      forMinutes: 15,
      expr: `${free} < 0.15`,
      summary: "{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left",
      description: "Raise storageGibibytes, or keep less long. Loki and Tempo stop taking anything when it is full.",
    },
    {
      name: "StorageFull",
      severity: "page",
      forMinutes: 5,
      expr: `${free} < 0.03`,
      summary: "{{ $labels.persistentvolumeclaim }} has {{ $value | humanizePercentage }} left",
      description: "What belongs to it is about to stop. For Prometheus: no alert fires and no rollout is judged after that.",
    },
  ];
}
