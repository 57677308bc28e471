import assert from "node:assert/strict";
import { test } from "node:test";
import type { Snapshot } from "../../../embedded/metrics/objects.ts";
import type { ScrapeJob } from "../../../embedded/metrics/scrapeJobs.ts";
import { translate } from "../../../embedded/metrics/translate.ts";
import { pod, podMonitor, service, serviceMonitor } from "./cluster.ts";

const nothing: Snapshot = { pods: [], services: [], serviceMonitors: [], podMonitors: [], prometheusRules: [] };
const echo = service("echo", { app: "echo" });

function jobsOf(snapshot: Partial<Snapshot>): readonly ScrapeJob[] {
  const { monitors, problems } = translate({ ...nothing, ...snapshot });
  assert.deepEqual(problems, []);
  return monitors.flatMap(({ jobs }) => jobs);
}

/** The addresses of the first job's targets. */
function addressesOf(snapshot: Partial<Snapshot>): readonly string[] {
  return (jobsOf(snapshot)[0]?.targets ?? []).map(({ address }) => address);
}

test("each endpoint of a monitor is a job, named as the operator names it", () => {
  const serviceMonitors = [serviceMonitor("m", { endpoints: [{ port: "http" }, { port: "admin" }] })];
  const names = jobsOf({ serviceMonitors, podMonitors: [podMonitor("p", {})] }).map(({ name }) => name);
  assert.deepEqual(names, ["serviceMonitor/default/m/0", "serviceMonitor/default/m/1", "podMonitor/default/p/0"]);
});

for (const [what, endpoint, ports, expected] of [
  ["a port by the name of a container's", { port: "http" }, [{ name: "http", port: 80, targetPort: "web" }], ["127.8.0.1:8080"]],
  ["a port by number", { port: "http" }, [{ name: "http", port: 80, targetPort: 9000 }], ["127.8.0.1:9000"]],
  ["a port without a target", { port: "http" }, [{ name: "http", port: 81 }], ["127.8.0.1:81"]],
  ["a name no container has", { port: "http" }, [{ name: "http", port: 80, targetPort: "nowhere" }], []],
  ["another port's name", { port: "admin" }, [{ name: "http", port: 80, targetPort: "web" }], []],
  [
    "a container's port that the Service does not lead to",
    { targetPort: "web" },
    [{ name: "http", port: 80, targetPort: 9000 }],
    ["127.8.0.1:8080"],
  ],
  ["a container's port by number", { targetPort: 8080 }, [{ name: "http", port: 80, targetPort: "web" }], ["127.8.0.1:8080"]],
  ["no port, so all of them", {}, [{ name: "http", port: 80, targetPort: 9000 }], ["127.8.0.1:9000", "127.8.0.1:8080"]],
] as const) {
  test(`an endpoint with ${what} is scraped at ${expected.join(" and ") || "no address"}`, () => {
    const withPorts = { ...echo, spec: { ...echo.spec, ports: ports.map((port) => ({ ...port })) } };
    const serviceMonitors = [serviceMonitor("m", { endpoints: [endpoint] })];
    assert.deepEqual(addressesOf({ services: [withPorts], pods: [pod("a", "127.8.0.1")], serviceMonitors }), expected);
  });
}

for (const [what, change] of [
  ["has no address yet", { status: { phase: "Pending" } }],
  ["has finished", { status: { phase: "Succeeded", podIP: "127.8.0.1" } }],
  ["has failed", { status: { phase: "Failed", podIP: "127.8.0.1" } }],
  ["is on its way out", { metadata: { ...pod("a", "").metadata, deletionTimestamp: "2026-01-01T00:00:00Z" } }],
  ["is of another app", { metadata: { name: "a", namespace: "default", labels: { app: "other" } } }],
  ["is in another namespace", { metadata: { name: "a", namespace: "other", labels: { app: "echo" } } }],
] as const) {
  test(`a pod that ${what} is not scraped`, () => {
    const pods = [{ ...pod("a", "127.8.0.1"), ...change }];
    assert.deepEqual(addressesOf({ services: [echo], pods, serviceMonitors: [serviceMonitor("m", {})] }), []);
  });
}

test("a pod that is not ready is scraped: its metrics say why", () => {
  const unready = pod("a", "127.8.0.1");
  const pods = [{ ...unready, status: { ...unready.status, conditions: [] } }];
  const [job] = jobsOf({ services: [echo], pods, serviceMonitors: [serviceMonitor("m", {})] });
  assert.equal(job?.targets[0]?.labels.__meta_kubernetes_pod_ready, "false");
});

test("a Service without a selector has no pods, rather than all", () => {
  const headless = service("echo", { app: "echo" }, {});
  assert.deepEqual(addressesOf({ services: [headless], pods: [pod("a", "127.8.0.1")], serviceMonitors: [serviceMonitor("m", {})] }), []);
});

test("a target is described as Prometheus' discovery on a cluster would", () => {
  const [job] = jobsOf({ services: [echo], pods: [pod("a", "127.8.0.1", { "a/b-c": "d" })], serviceMonitors: [serviceMonitor("m", {})] });
  const labels = job?.targets[0]?.labels ?? {};
  for (const [name, value] of Object.entries({
    namespace: "default",
    service_name: "echo",
    service_label_app: "echo",
    service_labelpresent_app: "true",
    endpoint_port_name: "http",
    endpoint_address_target_name: "a",
    pod_name: "a",
    pod_label_a_b_c: "d",
    pod_container_name: "main",
    pod_container_port_number: "8080",
    pod_node_name: "embedded",
  })) {
    assert.equal(labels[`__meta_kubernetes_${name}`], value, name);
  }
});

test("a monitor's fields are Prometheus' fields under their names there, and its own relabelings come last", () => {
  const endpoint = {
    port: "http",
    interval: "5s",
    scrapeTimeout: "2s",
    path: "/stats",
    params: { format: ["prometheus"] },
    honorLabels: true,
    relabelings: [{ sourceLabels: ["pod"], targetLabel: "instance", action: "Replace" }],
    metricRelabelings: [{ sourceLabels: ["__name__"], regex: "go_.*", action: "drop" }],
  };
  const [job] = jobsOf({ serviceMonitors: [serviceMonitor("m", { endpoints: [endpoint], jobLabel: "team", sampleLimit: 500 })] });
  const { relabel_configs: relabelings, ...fields } = job?.config ?? {};
  assert.deepEqual(fields, {
    scrape_interval: "5s",
    scrape_timeout: "2s",
    metrics_path: "/stats",
    params: { format: ["prometheus"] },
    honor_labels: true,
    sample_limit: 500,
    metric_relabel_configs: [{ source_labels: ["__name__"], regex: "go_.*", action: "drop" }],
  });
  assert.ok(Array.isArray(relabelings));
  assert.deepEqual(relabelings.slice(-3), [
    { source_labels: ["__meta_kubernetes_service_label_team"], target_label: "job", regex: "(.+)", replacement: "$1" },
    { target_label: "endpoint", replacement: "http" },
    { source_labels: ["pod"], target_label: "instance", action: "replace" },
  ]);
});

test("a timeout without an interval is not longer than the interval that is taken for it", () => {
  const [job] = jobsOf({ serviceMonitors: [serviceMonitor("m", { endpoints: [{ port: "http", scrapeTimeout: "10s" }] })] });
  assert.equal(job?.config.scrape_interval, "30s");
});

test("a PodMonitor's pods are scraped by themselves, by port name or number", () => {
  const pods = [pod("a", "127.8.0.1"), pod("b", "127.8.0.2", {}, 9090)];
  assert.deepEqual(addressesOf({ pods, podMonitors: [podMonitor("p", {})] }), ["127.8.0.1:8080", "127.8.0.2:9090"]);
  const byNumber = podMonitor("p", { podMetricsEndpoints: [{ portNumber: 9090 }] });
  assert.deepEqual(addressesOf({ pods, podMonitors: [byNumber] }), ["127.8.0.2:9090"]);
});

test("what a monitor asks for and does not get is told field by field; what cannot be scraped at all leaves the monitor out", () => {
  const { monitors, problems } = translate({
    ...nothing,
    serviceMonitors: [
      serviceMonitor("auth", {
        attachMetadata: { node: true },
        endpoints: [{ port: "http" }, { port: "http", tlsConfig: {}, oauth2: {} }],
      }),
      serviceMonitor("https", { endpoints: [{ port: "http", scheme: "https" }] }),
    ],
  });
  assert.deepEqual(
    monitors.map(({ object, jobs }) => [object.name, jobs.length]),
    [["auth", 2]],
  );
  const left = "the embedded platform does not do this and leaves it out";
  assert.deepEqual(
    problems.map(({ object, message }) => `${object.name} ${message}`),
    [
      `auth spec.endpoints[1].tlsConfig: ${left}`,
      `auth spec.endpoints[1].oauth2: ${left}`,
      `auth spec.attachMetadata: ${left}`,
      'https spec.endpoints[0].scheme: Invalid option: expected one of "http"|"HTTP"',
    ],
  );
});
