// From Prometheus' answers to readings, against a server that speaks its API.
import assert from "node:assert/strict";
import test, { type TestContext } from "node:test";
import { historyFrom, windowOf } from "../../../gate/conductor/history.ts";
import type { GateSli } from "../../../gate/conductor/inputs.ts";
import type { Kube } from "../../../gate/conductor/kube.ts";
import { metricsFrom, prometheusOf, Silent } from "../../../gate/conductor/prometheus.ts";
import {
  bucketsQuery,
  copiableSource,
  copiedSource,
  durationBucketQuery,
  LAST_SCRAPE_QUERY,
  requestsQuery,
  routedSource,
} from "../../../gate/conductor/queries.ts";
import { GateError } from "../../../gate/index.ts";
import { serve } from "../../support/server.ts";

const names = { namespace: "default", rollout: "echo" };
const source = routedSource(names, false);
const availability: GateSli = { name: "availability", kind: "availability", limit: 0.02, tolerance: 1.5 };
const latency: GateSli = { name: "latency", kind: "latency", thresholdMs: 300, limit: 0.1, tolerance: 1.5 };
const noKube: Kube = () => Promise.reject(new Error("not asked"));

const canary = { destination_service_name: "echo-canary", reporter: "source" };
const stable = { destination_service_name: "echo-stable", reporter: "source" };

interface Asked {
  readonly query: string;
  readonly time: string;
}

/** Answers each query by the first pattern it contains. */
async function prometheus(
  t: TestContext,
  answers: Readonly<Record<string, unknown>>,
  status = 200,
): Promise<{ url: string; asked: Asked[] }> {
  const asked: Asked[] = [];
  const { url } = await serve(t, (request, response) => {
    const { searchParams } = new URL(request.url ?? "", "http://localhost");
    const query = searchParams.get("query") ?? "";
    asked.push({ query, time: searchParams.get("time") ?? "" });
    const result = Object.entries(answers).find(([pattern]) => query.includes(pattern))?.[1] ?? [];
    response.writeHead(status, { "content-type": "application/json" });
    response.end(
      JSON.stringify(
        status === 200
          ? { status: "success", data: { resultType: "matrix", result } }
          : { status: "error", errorType: "x", error: "query timed out" },
      ),
    );
  });
  return { url, asked };
}

const read = (url: string, slis: readonly GateSli[], from = 10, to = 15) =>
  metricsFrom(prometheusOf({ url }, noKube), source, slis).read(from, to);

test("all queries of a reading are evaluated at the same moment, over raw samples", async (t) => {
  const { url, asked } = await prometheus(t, {});
  await read(url, [availability, latency], 10, 15.25);
  assert.ok(asked.length >= 3);
  assert.deepEqual([...new Set(asked.map(({ time }) => time))], ["15.250"]);
  for (const { query } of asked.filter(({ query }) => query.startsWith("istio"))) assert.match(query, /\{.*\}\[5250ms\]$/);
});

test("the counters are those of the callers' proxies, told apart by the destination Service", () => {
  assert.equal(
    requestsQuery(source, 5),
    'istio_requests_total{reporter="source",destination_service_namespace="default",destination_service_name=~"echo-canary|echo-stable"}[5000ms]',
  );
  assert.match(durationBucketQuery(source, 300, 5), /,le=~"300\|300\\\\\.0"\}\[5000ms\]$/);
  assert.match(durationBucketQuery(source, 2.5, 5), /,le=~"2\\\\\.5"\}/);
  assert.match(requestsQuery(routedSource(names, true), 5), /destination_service_name=~"echo-stable"/);
  assert.match(bucketsQuery(source), /^count by \(le\)/);
});

test("copies are counted by the pods' proxies, beside stable's requests of the methods that are copied, and told apart by the pods", () => {
  const { selector, revisionOf } = copiedSource(names, "6c");
  assert.equal(
    selector,
    'reporter="destination",destination_workload_namespace="default",destination_workload="echo",request_method=~"|GET|HEAD"',
  );
  assert.equal(revisionOf({ rollouts_pod_template_hash: "6c" }), "canary");
  assert.equal(revisionOf({ rollouts_pod_template_hash: "5b" }), "stable");
  assert.match(copiableSource(names).selector, /^reporter="source",.*,request_method=~"\|GET\|HEAD"$/);
});

test("answers of 500 and above are bad; slow is what the threshold's bucket does not hold", async (t) => {
  const { url } = await prometheus(t, {
    istio_requests_total: [
      {
        metric: { ...canary, response_code: "200" },
        values: [
          [11, "5"],
          [12, "15"],
        ],
      },
      {
        metric: { ...canary, response_code: "503" },
        values: [
          [11, "1"],
          [12, "3"],
        ],
      },
      {
        metric: { ...stable, response_code: "404" },
        values: [
          [11, "0"],
          [12, "90"],
        ],
      },
    ],
    _count: [
      {
        metric: canary,
        values: [
          [11, "6"],
          [12, "18"],
        ],
      },
    ],
    "_bucket{": [
      {
        metric: { ...canary, le: "300.0" },
        values: [
          [11, "6"],
          [12, "14"],
        ],
      },
    ],
  });
  const history = historyFrom(await read(url, [availability, latency]));
  assert.deepEqual(windowOf(history, "availability", 11, 12, 5), { canary: { total: 12, bad: 2 }, stable: { total: 90, bad: 0 } });
  assert.deepEqual(windowOf(history, "latency", 11, 12, 5)?.canary, { total: 12, bad: 4 });
});

test("a count without the bucket of the same scrape is left out, so that a torn read makes no slow requests", async (t) => {
  const { url } = await prometheus(t, {
    _count: [
      {
        metric: canary,
        values: [
          [11, "6"],
          [12, "18"],
          [13, "81"],
        ],
      },
    ],
    "_bucket{": [
      {
        metric: { ...canary, le: "300" },
        values: [
          [11, "6"],
          [12, "18"],
        ],
      },
    ],
  });
  const history = historyFrom(await read(url, [latency]));
  assert.deepEqual(windowOf(history, "latency", 11, 13, 5)?.canary, { total: 12, bad: 0 });
});

test("a threshold that is no bucket is an error that lists the buckets there are", async (t) => {
  const { url } = await prometheus(t, {
    _count: [{ metric: canary, values: [[11, "6"]] }],
    "count by (le)": [
      { metric: { le: "500.0" }, value: [15, "4"] },
      { metric: { le: "100.0" }, value: [15, "4"] },
      { metric: { le: "250.0" }, value: [15, "4"] },
      { metric: { le: "+Inf" }, value: [15, "4"] },
    ],
  });
  await assert.rejects(read(url, [latency]), (error) => {
    assert.ok(error instanceof GateError);
    assert.match(error.message, /up to 300 ms.*Its buckets are 100, 250, 500 ms/);
    return true;
  });
});

test("a source without the threshold's bucket and a value that is no number make the window blind, not good", async (t) => {
  const { url } = await prometheus(t, {
    istio_requests_total: [
      {
        metric: { ...canary, response_code: "200" },
        values: [
          [11, "5"],
          [12, "NaN"],
        ],
      },
    ],
    _count: [
      {
        metric: canary,
        values: [
          [11, "6"],
          [12, "18"],
        ],
      },
      {
        metric: { ...canary, pod: "old-proxy" },
        values: [
          [11, "6"],
          [12, "18"],
        ],
      },
    ],
    "_bucket{": [
      {
        metric: { ...canary, le: "300" },
        values: [
          [11, "6"],
          [12, "18"],
        ],
      },
    ],
  });
  const history = historyFrom(await read(url, [availability, latency]));
  assert.equal(windowOf(history, "availability", 11, 12, 5), undefined);
  assert.equal(windowOf(history, "latency", 11, 12, 5), undefined);
});

test("no series while Prometheus scrapes is told from a Prometheus that has seen nothing", async (t) => {
  const scraping = await prometheus(t, { [LAST_SCRAPE_QUERY]: [{ metric: {}, value: [15, "14.6"] }] });
  assert.equal((await read(scraping.url, [availability])).lastScrape, 14.6);
  const empty = await prometheus(t, {});
  assert.equal((await read(empty.url, [availability])).lastScrape, undefined);
});

test("an error, an answer that is no JSON and a closed port are silence with a reason", async (t) => {
  const failing = await prometheus(t, {}, 503);
  await assert.rejects(read(failing.url, [availability]), {
    constructor: Silent,
    message: "Prometheus answers with no samples: query timed out",
  });
  await assert.rejects(read("http://127.0.0.1:1", [availability]), { constructor: Silent, message: /Prometheus does not answer: / });
});

test("inside a cluster Prometheus is asked through the API server's service proxy", async () => {
  const paths: string[] = [];
  const kube: Kube = async ({ path }) => {
    paths.push(path);
    return { status: 200, body: { status: "success", data: { result: [] } } };
  };
  await metricsFrom(prometheusOf({ service: "monitoring/prometheus:9090" }, kube), source, [availability]).read(10, 15);
  for (const path of paths)
    assert.match(path, /^\/api\/v1\/namespaces\/monitoring\/services\/prometheus:9090\/proxy\/api\/v1\/query\?query=/);
  await assert.rejects(
    metricsFrom(
      prometheusOf({ service: "a/b:1" }, async () => ({ status: 404, body: { kind: "Status" } })),
      source,
      [availability],
    ).read(10, 15),
    Silent,
  );
});
