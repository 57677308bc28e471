// The metrics part with the real API server and the real Prometheus.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { clientFor, type Event, events, type KubeClient } from "../../../embedded/kube/index.ts";
import { resources } from "../../../embedded/metrics/objects.ts";
import { type PlatformState, status } from "../../../embedded/platform/index.ts";
import { eventually } from "../../support/eventually.ts";
import { startPlatform } from "../../support/platform.ts";
import { apply, ask, pod, podMonitor, prometheusRule, runPod, seriesOf, service, serviceMonitor } from "./cluster.ts";

const visits = 'visits_total{path="/"} 42\n';

test("the metrics part", async (t) => {
  const platform = await startPlatform(t, { parts: ["metrics"] });
  const client = await clientFor(platform.kubeconfig);
  t.after(() => client.close());
  const url = platform.prometheusUrl;
  const reloads = () => countInLog(platform, "Prometheus reloaded");

  await runPod(t, client, pod("echo-1", "127.81.0.1", { "rollouts-pod-template-hash": "abc" }), visits);
  await apply(client, service("echo", { app: "echo", team: "shop" }));

  await t.test("a ServiceMonitor's pods are scraped, and their series carry the operator's labels", async () => {
    await apply(
      client,
      serviceMonitor("echo", { targetLabels: ["team"], podTargetLabels: ["rollouts-pod-template-hash"], endpoints: [every1s] }),
    );
    const [series] = await eventually("the series", async () => some(await seriesOf(url, "visits_total")), { seconds: 20 });
    assert.deepEqual(series, {
      __name__: "visits_total",
      path: "/",
      namespace: "default",
      service: "echo",
      pod: "echo-1",
      container: "main",
      endpoint: "http",
      job: "echo",
      instance: "127.81.0.1:8080",
      team: "shop",
      rollouts_pod_template_hash: "abc",
    });
    assert.deepEqual(await scrapePools(url), ["serviceMonitor/default/echo/0"]);
  });

  await t.test("a pod that comes or goes is noticed without a reload", async (t) => {
    const before = await reloads();
    await runPod(t, client, pod("echo-2", "127.81.0.2"), visits);
    await eventually("both pods' series", async () => (await podsWith(url, "up == 1")) === "echo-1 echo-2" || undefined, { seconds: 20 });
    await client.delete(resources.pods, "echo-2", "default", { gracePeriodSeconds: 0 });
    await eventually("only the first pod's", async () => (await podsWith(url, "up")) === "echo-1" || undefined, { seconds: 20 });
    assert.equal(await reloads(), before);
  });

  await t.test("a rule that Prometheus refuses is told of on its object, in Prometheus' words, and the others are evaluated", async () => {
    await apply(client, prometheusRule("broken", [{ record: "visits:rate", expr: "sum(rate(visits_total[1m])" }]));
    await apply(client, prometheusRule("good", [{ record: "visits:sum", expr: "sum(visits_total)" }]));
    await eventually("the good rule's series", async () => some(await seriesOf(url, "visits:sum == 42")), { seconds: 20 });
    const told = await eventually("the event", () => warningOn(client, "broken"));
    assert.equal(told.reason, "Refused");
    assert.match(told.message ?? "", /^Prometheus refuses it: group "broken", rule 1, "visits:rate": .*unclosed left parenthesis/);
    assert.equal(await warningOn(client, "good"), undefined);
  });

  await t.test("a rule that is mended is evaluated", async () => {
    await apply(client, prometheusRule("broken", [{ record: "visits:mended", expr: "sum(visits_total)" }]));
    await eventually("the mended rule's series", async () => some(await seriesOf(url, "visits:mended")), { seconds: 20 });
  });

  await t.test("a monitor that Prometheus refuses is told of on its object, and the others go on", async () => {
    const relabelings = [{ sourceLabels: ["pod"], regex: "(", targetLabel: "x" }];
    await apply(client, serviceMonitor("refused", { endpoints: [{ ...every1s, relabelings }] }));
    await apply(client, podMonitor("pods", { podMetricsEndpoints: [{ port: "web", interval: "1s" }] }));
    const told = await eventually("the event", () => warningOn(client, "refused"));
    assert.match(told.message ?? "", /^Prometheus refuses it: error parsing regexp: missing closing \)/);
    await eventually("the pod monitor's target", async () => some(await seriesOf(url, 'up{job="default/pods"} == 1')), { seconds: 20 });
    assert.deepEqual(await scrapePools(url), ["podMonitor/default/pods/0", "serviceMonitor/default/echo/0"]);
  });

  await t.test("a field the embedded platform does not do is told of, and the rest of the monitor is done", async () => {
    const basicAuth = { username: { name: "secret", key: "user" } };
    await apply(client, serviceMonitor("echo", { endpoints: [{ ...every1s, basicAuth, metricRelabelings: [set("more", "yes")] }] }));
    const told = await eventually("the event", () => warningOn(client, "echo"));
    assert.equal(told.message, "spec.endpoints[0].basicAuth: the embedded platform does not do this and leaves it out");
    await eventually("the relabelled series", async () => some(await seriesOf(url, 'visits_total{more="yes"}')), { seconds: 20 });
  });

  await t.test("fifty objects that come at once cost a few reloads", async () => {
    const before = await reloads();
    const rules = (n: number) => prometheusRule(`many-${n}`, [{ record: `many:${n}`, expr: "vector(1)" }]);
    await Promise.all(Array.from({ length: 50 }, (_, n) => apply(client, rules(n))));
    await eventually(
      "all fifty",
      async () => (await ruleGroups(url)).filter((name) => name.startsWith("many-")).length === 50 || undefined,
    );
    const cost = (await reloads()) - before;
    assert.ok(cost <= 4, `${cost} reloads`);
  });

  await t.test("what changes while Prometheus is down is there when it is up again", async () => {
    const pid = (await status(platform.stateDir)).parts.find(({ name }) => name === "prometheus")?.pid;
    assert.ok(pid !== undefined);
    process.kill(pid, "SIGKILL");
    await apply(client, prometheusRule("late", [{ record: "visits:late", expr: "vector(1)" }]));
    await eventually("the rule's group", async () => (await ruleGroups(url)).includes("late") || undefined, { seconds: 20 });
  });

  await t.test("what is deleted is no longer scraped or evaluated", async () => {
    await client.delete(resources.serviceMonitors, "echo");
    await client.delete(resources.prometheusRules, "good");
    await eventually("the job's end", async () => (await scrapePools(url)).join() === "podMonitor/default/pods/0" || undefined);
    await eventually("the rule's end", async () => !(await ruleGroups(url)).includes("good") || undefined);
  });

  await t.test("a series' own namespace is exported_namespace, unless its monitor drops the target's, as the boards want it", async (t) => {
    const labels = { app: "rollouts" };
    await runPod(t, client, pod("controller", "127.81.0.9", labels), 'rollout_info{namespace="shop",name="cart"} 1\n');
    await apply(client, service("controller", labels, labels));
    const monitor = (name: string, relabelings: readonly object[]) =>
      serviceMonitor(name, { selector: { matchLabels: labels }, endpoints: [{ ...every1s, relabelings }] });
    const namespaces = async () => {
      const series = await seriesOf(url, "rollout_info");
      return series.map(({ namespace, exported_namespace: exported }) => [namespace, exported].join(" ").trim()).sort();
    };
    await apply(client, monitor("as-it-comes", []));
    await eventually("the target's namespace", async () => (await namespaces()).join() === "default shop" || undefined, { seconds: 20 });
    await apply(client, monitor("as-it-comes", [{ action: "labeldrop", regex: "namespace" }]));
    await eventually("the series' own", async () => (await namespaces()).join() === "shop" || undefined, { seconds: 20 });
  });
});

const every1s = { port: "http", interval: "1s" };
const set = (targetLabel: string, replacement: string) => ({ targetLabel, replacement });

async function warningOn(client: KubeClient, name: string): Promise<Event | undefined> {
  const all = await client.list(events, { namespace: "default" });
  return all.find((event) => event.type === "Warning" && event.involvedObject.name === name);
}

const some = <T>(list: readonly T[]): readonly T[] | undefined => (list.length > 0 ? list : undefined);

async function podsWith(url: string, query: string): Promise<string> {
  return (await seriesOf(url, query))
    .flatMap(({ pod }) => pod ?? [])
    .sort()
    .join(" ");
}

/** Names of the jobs that Prometheus scrapes for monitors. */
async function scrapePools(url: string): Promise<readonly string[]> {
  const data = await ask(url, "/api/v1/scrape_pools");
  assert.ok(typeof data === "object" && data !== null && "scrapePools" in data && Array.isArray(data.scrapePools));
  return data.scrapePools.filter((name: string) => name.includes("/")).sort();
}

async function ruleGroups(url: string): Promise<readonly string[]> {
  const data = await ask(url, "/api/v1/rules");
  assert.ok(typeof data === "object" && data !== null && "groups" in data && Array.isArray(data.groups));
  return data.groups.map(({ name }) => name);
}

async function countInLog({ stateDir }: PlatformState, message: string): Promise<number> {
  const text = await readFile(join(stateDir, "logs", "metrics.log"), "utf8");
  return text.split("\n").filter((line) => line.includes(`"${message}"`)).length;
}
