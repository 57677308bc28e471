import assert from "node:assert/strict";
import { test } from "node:test";
import { prometheusMembership } from "../../../charts/mesh/index.ts";
import { Observability, type ObservabilityArgs } from "../../../components/observability/index.ts";
import { LOGS_UID, TRACES_UID } from "../../../dashboards/index.ts";
import { recordResources, settled } from "../../support/mocks.ts";
import { args } from "./args.ts";

const RELEASE = "kubernetes:helm.sh/v3:Release";
const SECRET = "kubernetes:core/v1:Secret";

async function recorded(changed: Partial<ObservabilityArgs> = {}) {
  const parts: Observability[] = [];
  const recording = await recordResources(() => {
    parts.push(new Observability("observability", { ...args, ...changed }));
  });
  const [part] = parts;
  assert.ok(part);
  const values = (name: string) => recording.one(RELEASE, name).values;
  return { ...recording, part, values, stack: values("observability") };
}

test("every part is a release of its own and belongs to the component", async () => {
  const { all } = await recorded();
  const releases = all.filter(({ type }) => type === RELEASE);
  assert.deepEqual(releases.map(({ name }) => name).sort(), [
    "observability",
    "observability-agent",
    "observability-collector",
    "observability-logs",
    "observability-traces",
  ]);
  for (const { parent } of releases) assert.equal(parent, "sluice:observability:Observability observability");
});

test("rules and monitors count in whatever namespace and under whatever label they are", async () => {
  const { prometheusSpec } = (await recorded()).stack.prometheus;
  for (const kind of ["rule", "serviceMonitor", "podMonitor", "probe", "scrapeConfig"]) {
    assert.equal(prometheusSpec[`${kind}SelectorNilUsesHelmValues`], false, kind);
  }
});

test("Prometheus takes what gates push, keeps it as long as said, and stops before its disk is full", async () => {
  const { prometheusSpec } = (await recorded()).stack.prometheus;
  assert.equal(prometheusSpec.enableOTLPReceiver, true);
  assert.equal(prometheusSpec.scrapeInterval, "15s");
  assert.equal(prometheusSpec.retention, "30d");
  assert.equal(prometheusSpec.retentionSize, "85GiB");
  assert.equal(prometheusSpec.storageSpec.volumeClaimTemplate.spec.resources.requests.storage, "100Gi");
});

test("a gate, the boards and the collector know each copy of Prometheus by its own name", async () => {
  const { part, stack, values } = await recorded();
  assert.equal(stack.prometheus.prometheusSpec.replicas, 2);
  assert.deepEqual(part.prometheus, { service: "observability/observability-prometheus-0:9090" });
  assert.equal(stack.grafana.sidecar.datasources.url, "http://observability-prometheus-0.observability:9090");
  const { exporters, service } = values("observability-collector").alternateConfig;
  assert.equal(exporters["otlp_http/prometheus-1"].endpoint, "http://observability-prometheus-1.observability:9090/api/v1/otlp");
  assert.deepEqual(service.pipelines.metrics.exporters, ["otlp_http/prometheus-0", "otlp_http/prometheus-1"]);
});

test("with several copies none can be drained away altogether, and a single one does not keep its node from being drained", async () => {
  const several = await recorded();
  const single = await recorded({ replicas: 1 });
  for (const [{ stack, values }, enabled] of [[several, true] as const, [single, false] as const]) {
    assert.equal(stack.prometheus.podDisruptionBudget.enabled, enabled);
    assert.equal(stack.alertmanager.podDisruptionBudget.enabled, enabled);
    assert.equal(values("observability-collector").podDisruptionBudget.enabled, enabled);
  }
});

test("Prometheus is a member of the mesh where there is one", async () => {
  const { prometheusSpec } = (await recorded({ membership: prometheusMembership("sidecar") })).stack.prometheus;
  assert.equal(prometheusSpec.podMetadata.labels["sidecar.istio.io/inject"], "true");
  assert.equal((await recorded()).stack.prometheus.prometheusSpec.podMetadata, undefined);
});

test("Grafana knows nobody who has not logged in, and its administrator's password is random and a secret", async () => {
  const { stack, one, all, part } = await recorded();
  assert.deepEqual(stack.grafana["grafana.ini"]["auth.anonymous"], { enabled: false });
  assert.equal(stack.grafana.adminPassword, undefined);
  assert.equal(stack.grafana.admin.existingSecret, await settled(part.grafanaAdminSecret));
  const { stringData } = one(SECRET, "observability-grafana-admin");
  assert.match(stringData["admin-password"], /^[\w-]{32}$/);
  assert.deepEqual(all.find(({ type }) => type === SECRET)?.secrets, ["stringData"]);
  assert.notEqual((await recorded()).one(SECRET, "observability-grafana-admin").stringData["admin-password"], stringData["admin-password"]);
});

test("a secret of one's own is taken for Grafana instead", async () => {
  const { stack, all } = await recorded({ grafana: { adminSecret: "grafana-login" } });
  assert.equal(stack.grafana.admin.existingSecret, "grafana-login");
  assert.deepEqual(
    all.filter(({ type }) => type === SECRET),
    [],
  );
});

test("Grafana reads the ConfigMaps of its own namespace and no secrets", async () => {
  const { grafana } = (await recorded()).stack;
  assert.equal(grafana.rbac.namespaced, true);
  for (const kind of ["dashboards", "datasources"]) {
    assert.partialDeepStrictEqual(grafana.sidecar[kind], { searchNamespace: "observability", resource: "configmap" });
  }
});

test("metrics lead to traces, logs to traces, and traces to logs and metrics", async () => {
  const { grafana } = (await recorded()).stack;
  assert.equal(grafana.sidecar.datasources.exemplarTraceIdDestinations.datasourceUid, TRACES_UID);
  const [logs, traces] = grafana.additionalDataSources;
  assert.equal(logs.uid, LOGS_UID);
  assert.deepEqual(
    new Set(logs.jsonData.derivedFields.map((field: { datasourceUid: string }) => field.datasourceUid)),
    new Set([TRACES_UID]),
  );
  assert.equal(traces.uid, TRACES_UID);
  assert.equal(traces.jsonData.tracesToLogsV2.datasourceUid, LOGS_UID);
  assert.equal(traces.jsonData.tracesToMetrics.datasourceUid, "prometheus");
});

test("a trace's id is found in a line, however the service writes it", async () => {
  const [logs] = (await recorded()).stack.grafana.additionalDataSources;
  const [, inLine] = logs.jsonData.derivedFields;
  const id = "0af7651916cd43dd8448eb211c80319c";
  for (const line of [`{"trace_id":"${id}"}`, `level=info traceID=${id} msg=ok`, `{"traceId": "${id}"}`]) {
    assert.equal(new RegExp(inLine.matcherRegex).exec(line)?.[1], id, line);
  }
});

test("Alertmanager mounts the secrets its receivers read, and none is in its configuration", async () => {
  const { alertmanager } = (await recorded()).stack;
  assert.deepEqual(alertmanager.alertmanagerSpec.secrets, ["pagerduty", "slack"]);
  assert.equal(
    alertmanager.config.receivers[0].pagerduty_configs[0].routing_key_file,
    "/etc/alertmanager/secrets/pagerduty/integration-key",
  );
});

test("logs are labelled as the boards ask for them, and kept as long as said", async () => {
  const { values } = await recorded();
  const { loki, deploymentMode } = values("observability-logs");
  assert.equal(deploymentMode, "Monolithic");
  assert.equal(loki.limits_config.retention_period, "336h");
  const [labels] = loki.limits_config.otlp_config.resource_attributes.attributes_config;
  const { attributes } = values("observability-collector").alternateConfig.processors["resource/labels"];
  const inserted = attributes.map(({ key }: { key: string }) => key);
  for (const label of ["namespace", "pod"]) assert.ok(labels.attributes.includes(label) && inserted.includes(label), label);
});

test("traces are kept as long as said", async () => {
  assert.equal((await recorded()).values("observability-traces").tempo.retention, "168h");
});

test("memory is looked after first and batches are made last, in every pipeline of both collectors", async () => {
  const { values } = await recorded({ datadog });
  for (const name of ["observability-agent", "observability-collector"]) {
    const pipelines = Object.entries<{ receivers: string[]; processors: string[] }>(values(name).alternateConfig.service.pipelines);
    // What comes from a connector has been let in already.
    for (const [pipeline, { processors }] of pipelines.filter(([, { receivers }]) => !receivers.includes("datadog/connector"))) {
      assert.deepEqual([processors[0], processors.at(-1)], ["memory_limiter", "batch"], `${name} ${pipeline}`);
    }
  }
});

test("every component that a pipeline names is configured, here or by the chart", async () => {
  const { values } = await recorded({ datadog });
  const { alternateConfig } = values("observability-collector");
  const { receivers, processors, exporters, connectors, service } = alternateConfig;
  const known = {
    receivers: { ...receivers, ...connectors },
    processors: { ...processors, k8s_attributes: {} },
    exporters: { ...exporters, ...connectors },
  };
  for (const pipeline of Object.values<Record<keyof typeof known, string[]>>(service.pipelines)) {
    for (const kind of ["receivers", "processors", "exporters"] as const) {
      for (const component of pipeline[kind]) assert.ok(component in known[kind], `${kind}: ${component}`);
    }
  }
});

test("the agent takes nothing from anybody, so it opens no port of its node", async () => {
  const { ports } = (await recorded()).values("observability-agent");
  assert.deepEqual(
    Object.entries<{ enabled: boolean }>(ports).filter(([, { enabled }]) => enabled),
    [["metrics", { enabled: true }]],
  );
});

test("kubelets are believed only with a certificate of the cluster, unless they have none", async () => {
  const certified = await recorded();
  assert.equal(certified.stack.kubelet.serviceMonitor.insecureSkipVerify, false);
  assert.deepEqual(certified.values("observability-agent").alternateConfig.receivers, {});
  const own = await recorded({ kubeletsCertified: false });
  assert.equal(own.stack.kubelet.serviceMonitor.insecureSkipVerify, true);
  assert.deepEqual(own.values("observability-agent").alternateConfig.receivers, { kubeletstats: { insecure_skip_verify: true } });
});

const datadog = { site: "datadoghq.eu", apiKey: { name: "datadog", key: "api-key" } };

test("Datadog gets a copy of everything, by a key that stands in no object", async () => {
  const { extraEnvs, image, alternateConfig } = (await recorded({ datadog })).values("observability-collector");
  assert.deepEqual(extraEnvs, [{ name: "DD_API_KEY", valueFrom: { secretKeyRef: { name: "datadog", key: "api-key" } } }]);
  assert.match(alternateConfig.exporters.datadog.api.key, /^\$\{env:DD_API_KEY\}$/);
  assert.match(image.repository, /-contrib$/);
  for (const signal of ["traces", "logs", "metrics"])
    assert.ok(alternateConfig.service.pipelines[signal].exporters.includes("datadog"), signal);
});

test("without Datadog nothing leaves the cluster", async () => {
  const { alternateConfig } = (await recorded()).values("observability-collector");
  assert.deepEqual(Object.keys(alternateConfig.exporters), [
    "otlp_grpc/tempo",
    "otlp_http/loki",
    "otlp_http/prometheus-0",
    "otlp_http/prometheus-1",
  ]);
});

test("a user's values win over ours", async () => {
  const { stack } = await recorded({ values: { stack: { prometheus: { prometheusSpec: { retention: "90d" } } } } });
  assert.equal(stack.prometheus.prometheusSpec.retention, "90d");
  assert.equal(stack.prometheus.prometheusSpec.scrapeInterval, "15s");
});

test("everything that is wrong is told at once", async () => {
  const wrong = { ...args, replicas: 0, retention: { metricsDays: 0.5, logsDays: 14, tracesDays: 7 }, scrapeSeconds: 90 };
  await recordResources(() => {
    assert.throws(
      () => new Observability("observability-of-the-whole-company", wrong),
      ({ errors }: { errors: { propertyPath: string; reason: string }[] }) => {
        assert.deepEqual(
          errors.map(({ propertyPath, reason }) => `${propertyPath}: ${reason}`),
          [
            'name: "observability-of-the-whole-company" is longer than 26 characters; take a shorter one',
            "replicas: 0 is not a whole number of at least 1",
            "retention.metricsDays: 0.5 is not a whole number of at least 1",
            "scrapeSeconds: 90 is not a whole number from 5 to 60",
          ],
        );
        return true;
      },
    );
  });
});
