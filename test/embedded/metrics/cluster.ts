// Objects as a cluster has them, and a pod's process: an HTTP server on an address of its own.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import type { TestContext } from "node:test";
import { applyServerSide, type KubeClient, type KubernetesObject, type Pod, type Service } from "../../../embedded/kube/index.ts";
import type { MonitoringObject } from "../../../embedded/metrics/objects.ts";

const apiVersion = "monitoring.coreos.com/v1";

/** A pod of app echo with one container, ready on an address of its own. */
export function pod(name: string, podIP: string, labels: Record<string, string> = {}, port = 8080): Pod {
  return {
    apiVersion: "v1",
    kind: "Pod",
    metadata: { name, namespace: "default", uid: `uid-${name}`, labels: { app: "echo", ...labels } },
    spec: {
      nodeName: "embedded",
      containers: [{ name: "main", image: "localhost/echo:1.0.0", ports: [{ name: "web", containerPort: port }] }],
    },
    status: { phase: "Running", podIP, conditions: [{ type: "Ready", status: "True" }] },
  };
}

export function service(name: string, labels: Record<string, string> = {}, selector: Record<string, string> = { app: "echo" }): Service {
  return {
    apiVersion: "v1",
    kind: "Service",
    metadata: { name, namespace: "default", labels },
    spec: { selector, ports: [{ name: "http", port: 80, targetPort: "web" }] },
  };
}

export function serviceMonitor(name: string, spec: object): MonitoringObject {
  const whole = { selector: { matchLabels: { app: "echo" } }, endpoints: [{ port: "http" }], ...spec };
  return { apiVersion, kind: "ServiceMonitor", metadata: { name, namespace: "default", uid: `uid-${name}` }, spec: whole };
}

export function podMonitor(name: string, spec: object): MonitoringObject {
  const whole = { selector: { matchLabels: { app: "echo" } }, podMetricsEndpoints: [{ port: "web" }], ...spec };
  return { apiVersion, kind: "PodMonitor", metadata: { name, namespace: "default", uid: `uid-${name}` }, spec: whole };
}

export function prometheusRule(name: string, rules: readonly object[], group = name): MonitoringObject {
  const spec = { groups: [{ name: group, interval: "1s", rules }] };
  return { apiVersion, kind: "PrometheusRule", metadata: { name, namespace: "default", uid: `uid-${name}` }, spec };
}

/** Applies an object as a user would: without what only the server knows. */
export async function apply(client: KubeClient, { metadata: { uid: _, ...metadata } = {}, ...object }: KubernetesObject): Promise<void> {
  await applyServerSide(client, { ...object, metadata }, "test", { force: true });
}

/** Runs a pod: the object with its status, and a server on its address that answers every scrape with these series. */
export async function runPod(t: TestContext, client: KubeClient, object: Pod, series: string): Promise<void> {
  const { name = "" } = object.metadata ?? {};
  const { status, ...rest } = object;
  const server = createServer((_request, response) => response.writeHead(200, { "content-type": "text/plain; version=0.0.4" }).end(series));
  await once(server.listen(rest.spec?.containers[0]?.ports?.[0]?.containerPort, status?.podIP), "listening");
  t.after(() => server.close());
  t.after(() => server.closeAllConnections());
  await apply(client, rest);
  const path = `/api/v1/namespaces/default/pods/${name}/status`;
  await client.request("PATCH", path, { body: { status }, contentType: "application/merge-patch+json" });
}

export type Labels = Readonly<Record<string, string>>;

/** What Prometheus' API answers to a question, checked to be a success. */
export async function ask(prometheusUrl: string, path: string): Promise<unknown> {
  const response = await fetch(prometheusUrl + path);
  const answer: unknown = await response.json();
  assert.ok(typeof answer === "object" && answer !== null && "data" in answer, JSON.stringify(answer));
  return answer.data;
}

/** The labels of all series that a selector finds now. */
export async function seriesOf(prometheusUrl: string, selector: string): Promise<readonly Labels[]> {
  const data = await ask(prometheusUrl, `/api/v1/query?query=${encodeURIComponent(selector)}`);
  assert.ok(typeof data === "object" && data !== null && "result" in data && Array.isArray(data.result));
  return data.result.map(({ metric }) => metric);
}
