import { Observability } from "../../../components/observability/index.ts";
import { recordResources } from "../../support/mocks.ts";
import { type AlertCase, testAlerts } from "../../support/promtoolRules.ts";
import { args } from "./args.ts";

const parts: Observability[] = [];
await recordResources(() => {
  parts.push(new Observability("observability", args));
});

const namespace = "observability";
const pod = { namespace, pod: "prometheus-observability-prometheus-0" };
const of = (labels: Readonly<Record<string, string>>) =>
  `{${Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)}}`;

/** A counter that must stand still. */
function counterCases(alert: string, counter: string, labels: Readonly<Record<string, string>>): readonly AlertCase[] {
  const series = (values: string) => ({ [`${counter}${of(labels)}`]: values });
  return [
    { alert, when: "when it goes on", series: series("0+5x40"), atMinutes: 30, firing: [labels] },
    { alert, when: "when it happened once", series: series("0x5 3x35"), atMinutes: 30, firing: [] },
    { alert, when: "when nothing happens", series: series("7x40"), atMinutes: 30, firing: [] },
  ];
}

/** A gauge that must not be 0. */
function zeroCases(alert: string, gauge: string, labels: Readonly<Record<string, string>>): readonly AlertCase[] {
  const series = (values: string) => ({ [`${gauge}${of(labels)}`]: values });
  return [
    { alert, when: "when it is 0", series: series("0x20"), atMinutes: 15, firing: [labels] },
    { alert, when: "when it is 0 for a moment", series: series("1x5 0x3 1x20"), atMinutes: 15, firing: [] },
  ];
}

/** A share of a counter's increase that is bad. */
function shareCases(alert: string, bad: string, all: string, firing: Readonly<Record<string, string>>): readonly AlertCase[] {
  return [
    { alert, when: "when one in ten fails", series: { [bad]: "0+6x40", [all]: "0+60x40" }, atMinutes: 30, firing: [firing] },
    { alert, when: "when one in a hundred fails", series: { [bad]: "0+1x40", [all]: "0+100x40" }, atMinutes: 30, firing: [] },
    { alert, when: "when there is nothing to do", series: { [bad]: "0x40", [all]: "0x40" }, atMinutes: 30, firing: [] },
  ];
}

const volume = { namespace, persistentvolumeclaim: "storage-observability-logs-0" };
const volumeSeries = (available: number) => ({
  [`kubelet_volume_stats_available_bytes${of(volume)}`]: `${available}x40`,
  [`kubelet_volume_stats_capacity_bytes${of(volume)}`]: "100x40",
});
const group = { ...pod, rule_group: "sluice-mesh" };
const collector = { namespace, pod: "observability-collector-0" };
const deployment = "observability-collector";
const available = `kube_deployment_status_replicas_available${of({ namespace, deployment })}`;
const store = { namespace, statefulset: "observability-logs" };
const request = { namespace, route: "otlp_v1_logs" };

testAlerts(
  "observability",
  parts.flatMap(({ alerts }) => alerts),
  [
    {
      alert: "PrometheusNotIngesting",
      when: "when one copy stands still",
      series: { [`prometheus_tsdb_head_samples_appended_total${of(pod)}`]: "0+100x10 1000x30" },
      atMinutes: 35,
      firing: [pod],
    },
    {
      alert: "PrometheusNotIngesting",
      when: "while it takes in samples",
      series: { [`prometheus_tsdb_head_samples_appended_total${of(pod)}`]: "0+100x40" },
      atMinutes: 35,
      firing: [],
    },
    { alert: "NothingIngested", when: "when there are no numbers at all", series: { up: "1x3 stale" }, atMinutes: 15, firing: [{}] },
    {
      alert: "NothingIngested",
      when: "while there are numbers of its own",
      series: { [`prometheus_tsdb_head_samples_appended_total${of(pod)}`]: "5x40" },
      atMinutes: 35,
      firing: [],
    },
    ...counterCases("RuleEvaluationFailing", "prometheus_rule_evaluation_failures_total", group),
    ...counterCases("RuleEvaluationsMissed", "prometheus_rule_group_iterations_missed_total", group),
    ...zeroCases("PrometheusWithoutAlertmanager", "prometheus_notifications_alertmanagers_discovered", pod),
    ...shareCases(
      "NotificationsFailing",
      `alertmanager_notifications_failed_total${of({ namespace, integration: "slack", reason: "clientError" })}`,
      `alertmanager_notifications_total${of({ namespace, integration: "slack" })}`,
      { namespace, integration: "slack" },
    ),
    ...zeroCases("AlertmanagerConfigRefused", "alertmanager_config_last_reload_successful", pod),
    {
      alert: "CollectorDown",
      when: "when no pod is available",
      series: { [available]: "0x20" },
      atMinutes: 15,
      firing: [{ namespace, deployment }],
    },
    { alert: "CollectorDown", when: "while one pod of three is there", series: { [available]: "1x20" }, atMinutes: 15, firing: [] },
    ...counterCases("CollectorRefusing", "otelcol_receiver_refused_log_records_total", collector),
    ...counterCases("CollectorDropping", "otelcol_exporter_send_failed_spans_total", collector),
    ...counterCases("CollectorDropping", "otelcol_exporter_enqueue_failed_metric_points_total", collector),
    ...zeroCases("StoreDown", "kube_statefulset_status_replicas_ready", store),
    ...counterCases("LokiNotTaking", "loki_discarded_samples_total", { namespace, reason: "rate_limited" }),
    ...shareCases(
      "LokiErrors",
      `loki_request_duration_seconds_count${of({ ...request, status_code: "503" })}`,
      `loki_request_duration_seconds_count${of({ ...request, status_code: "204" })}`,
      request,
    ),
    ...counterCases("TracesDiscarded", "tempo_discarded_spans_total", { namespace, reason: "rate_limited" }),
    { alert: "StorageNearlyFull", when: "when a tenth is left", series: volumeSeries(10), atMinutes: 30, firing: [volume] },
    { alert: "StorageNearlyFull", when: "when a third is left", series: volumeSeries(33), atMinutes: 30, firing: [] },
    { alert: "StorageFull", when: "when a fiftieth is left", series: volumeSeries(2), atMinutes: 30, firing: [volume] },
    { alert: "StorageFull", when: "when a tenth is left", series: volumeSeries(10), atMinutes: 30, firing: [] },
  ],
);
