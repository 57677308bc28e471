// Queries written for Istio, on a real Prometheus that scrapes a real Envoy.
import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import type { RequestListener } from "node:http";
import { after, before, test } from "node:test";
import { promisify } from "node:util";
import { DURATION_BUCKETS } from "../../../embedded/mesh/telemetry.ts";
import { ensureTool } from "../../../embedded/toolchain/index.ts";
import { eventually } from "../../support/eventually.ts";
import { type Gateway, startGateway, startPod, type TestPod } from "./gateway.ts";
import { countBodies } from "./load.ts";
import { pod, virtualService } from "./objects.ts";
import { type Prometheus, startPrometheus } from "./prometheus.ts";

let gateway: Gateway;
let prometheus: Prometheus;
let old: TestPod;
let young: TestPod;

/** Answers as its path asks: a status, or 200 after so many milliseconds. */
const obedient: RequestListener = (request, response) => {
  const [, what, number] = request.url?.split("/") ?? [];
  if (what === "status") response.writeHead(Number(number)).end();
  else setTimeout(() => response.end(), what === "wait" ? Number(number) : 0).unref();
};

before(async () => {
  [gateway, old, young] = await Promise.all([startGateway(), startPod("old", obedient), startPod("new", obedient)]);
  prometheus = await startPrometheus(gateway.adminPort);
  const to = (path: string, host: string, more = {}) => ({
    match: [{ uri: { prefix: path } }],
    route: [{ destination: { host } }],
    ...more,
  });
  const http = [
    to("/wait/400", "echo-stable", { timeout: "100ms" }),
    to("/mirrored", "echo-stable", { mirror: { host: "echo-canary" } }),
    to("/nowhere", "nobody"),
    to("/status/503", "echo-canary", { retries: { attempts: 2, retryOn: "5xx" } }),
    to("/status", "echo-canary"),
    to("/", "echo-stable"),
  ];
  await gateway.show({
    pods: [
      pod(old.ip, { hash: "old", labels: { "app.kubernetes.io/name": "echo", "app.kubernetes.io/version": "1.0.0" } }),
      pod(young.ip, { hash: "new", labels: { "app.kubernetes.io/name": "echo", "app.kubernetes.io/version": "1.1.0" } }),
    ],
    virtualServices: [virtualService({ hosts: ["echo.localhost"], http })],
  });
  // Each kind of request once before Prometheus looks, so that rates start from a first value and not from nothing.
  for (const path of ["/", "/status/500"]) await gateway.get("echo.localhost", path);
  await eventually("a first scrape", async () => ((await prometheus.query("istio_requests_total")).length > 0 ? true : undefined));
});
after(async () => {
  old.kill();
  young.kill();
  await prometheus.stop();
  await gateway.stop();
});

/** Waits until a query has an answer that is not empty. */
const answerOf = (promql: string) =>
  eventually(`an answer to ${promql}`, async () => {
    const answer = await prometheus.query(promql);
    return answer.length > 0 ? answer : undefined;
  });

test("a request is counted by both reporters with Istio's labels", async () => {
  await gateway.get("echo.localhost", "/status/418");
  const common = {
    __name__: "istio_requests_total",
    destination_app: "echo",
    destination_canonical_revision: "1.1.0",
    destination_canonical_service: "echo",
    destination_cluster: "Kubernetes",
    destination_principal: "unknown",
    destination_service: "echo-canary.default.svc.cluster.local",
    destination_service_name: "echo-canary",
    destination_service_namespace: "default",
    destination_version: "unknown",
    destination_workload: "echo",
    destination_workload_namespace: "default",
    instance: `127.0.0.1:${gateway.adminPort}`,
    job: "istio-mesh",
    request_method: "GET",
    request_protocol: "http",
    response_code: "418",
    response_flags: "-",
    rollouts_pod_template_hash: "new",
    source_app: "istio-ingressgateway",
    source_canonical_revision: "latest",
    source_canonical_service: "istio-ingressgateway",
    source_cluster: "Kubernetes",
    source_principal: "unknown",
    source_version: "unknown",
    source_workload: "istio-ingressgateway",
    source_workload_namespace: "istio-system",
  };
  for (const [reporter, connection_security_policy] of [
    ["source", "unknown"],
    ["destination", "none"],
  ] as const) {
    const [series, ...others] = await answerOf(`istio_requests_total{response_code="418",reporter="${reporter}"}`);
    assert.deepEqual(others, []);
    assert.deepEqual(series, { labels: { ...common, reporter, connection_security_policy }, value: 1 });
  }
});

for (const [what, path, reporter, expected] of [
  ["a time-out is a 504 with flag UT at the source", "/wait/400", "source", { response_code: "504", response_flags: "UT" }],
  ["a time-out is a caller that left at the destination", "/wait/400", "destination", { response_code: "0", response_flags: "DC" }],
  [
    "no pod is a 503 with flag UH",
    "/nowhere",
    "source",
    { destination_service_name: "nobody", response_code: "503", response_flags: "UH" },
  ],
] as const) {
  test(`${what}`, async () => {
    await gateway.get("echo.localhost", path);
    const selector = Object.entries(expected).map(([label, value]) => `${label}="${value}"`);
    const answer = await answerOf(`istio_requests_total{reporter="${reporter}",${selector.join(",")}}`);
    assert.equal(answer[0]?.value, 1);
  });
}

test("a request for an unknown host is nobody's, with flag NR", async () => {
  await gateway.get("nobody.localhost");
  const [series] = await answerOf('istio_requests_total{response_flags="NR"}');
  assert.equal(series?.labels.destination_service, "unknown");
  assert.equal(series?.labels.destination_workload, "unknown");
  assert.equal(series?.labels.response_code, "404");
});

test("a retried request is one at the source and one for each try at the destination", async () => {
  await gateway.get("echo.localhost", "/status/503");
  const count = async (reporter: string) =>
    (await answerOf(`istio_requests_total{reporter="${reporter}",destination_service_name="echo-canary",response_code="503"}`))[0]?.value;
  assert.equal(await count("destination"), 3);
  assert.equal(await count("source"), 1);
});

test("a mirrored copy is counted at its destination only, with the method and the pod's template", async () => {
  const canary = (reporter: string) => {
    const pod = 'rollouts_pod_template_hash="new",request_method="GET"';
    return `sum(istio_requests_total{reporter="${reporter}",destination_service_name="echo-canary",${pod},response_code="200"})`;
  };
  await gateway.get("echo.localhost", "/mirrored");
  assert.equal((await answerOf(canary("destination")))[0]?.value, 1);
  assert.deepEqual(await prometheus.query(canary("source")), []);
});

test("Flagger's success rate and latency have numbers", async () => {
  await countBodies(gateway, "echo.localhost", 100, "/");
  await countBodies(gateway, "echo.localhost", 25, "/status/500");
  const workload = 'reporter="destination",destination_workload_namespace="default",destination_workload=~"echo"';
  const rate = (more: string) => `sum(rate(istio_requests_total{${workload}${more}}[1m]))`;
  const [success] = await eventually("both kinds to be scraped", async () => {
    const answer = await prometheus.query(`${rate(',response_code!~"5.*"')} / ${rate("")} * 100`);
    return answer[0] !== undefined && answer[0].value > 0 && answer[0].value < 100 ? answer : undefined;
  });
  assert.ok(success && success.value > 60 && success.value < 90, `success rate ${success?.value}`);
  const buckets = `sum(rate(istio_request_duration_milliseconds_bucket{${workload}}[1m])) by (le)`;
  const [latency] = await answerOf(`histogram_quantile(0.99, ${buckets}) > 0`);
  assert.ok(latency && latency.value < 1000, `99 % within ${latency?.value} ms`);
});

test("durations fall into Istio's buckets and those of 200 and 300 ms, and count and buckets agree", async () => {
  await countBodies(gateway, "echo.localhost", 20, "/wait/250");
  const stable = 'reporter="source",destination_service_name="echo-stable",response_code="200"';
  const above = (le: string) =>
    `istio_request_duration_milliseconds_count{${stable}} - ignoring(le) istio_request_duration_milliseconds_bucket{${stable},le="${le}"}`;
  // At least, because on a busy machine other requests may have been as slow.
  await answerOf(`${above("200.0")} >= 20`);
  const samples = await prometheus.query(`istio_request_duration_milliseconds_bucket{${stable}}`);
  const buckets = samples.map(({ labels }) => Number(labels.le?.replace("+Inf", "Infinity")));
  for (const le of [...DURATION_BUCKETS, Number.POSITIVE_INFINITY]) assert.ok(buckets.includes(le), `no bucket ${le}`);
  assert.equal((await prometheus.query(`${above("500.0")} < 20`)).length, 1);
});

test("nothing but Istio's series and Envoy's health is kept", async () => {
  const names = (await answerOf('count({__name__!=""}) by (__name__)')).map(({ labels }) => labels.__name__ ?? "");
  const others = names.filter((name) => !/^(istio_|envoy_(server|http_rds|cluster_update|listener_manager)_?|up$|scrape_)/.test(name));
  assert.deepEqual(others, []);
  assert.deepEqual(
    (await answerOf("envoy_server_live")).map(({ value }) => value),
    [1],
  );
});

test("promtool takes the scrape configurations", async () => {
  await promisify(execFile)(await ensureTool("promtool"), ["check", "config", prometheus.configFile]);
});
