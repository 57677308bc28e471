// The analysis on a real API server, the real Argo Rollouts controller and a real Prometheus; only the mesh is stood in for.
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import test from "node:test";
import { serviceManifests } from "../../../charts/service/index.ts";
import { type AnalysisProps, analysisTemplate, backgroundAnalysis } from "../../../charts/slo/analysis.ts";
import { applyServerSide, clientFor } from "../../../embedded/kube/index.ts";
import { clusterOver } from "../../../gate/conductor/cluster.ts";
import { connect } from "../../../gate/conductor/kube.ts";
import type { RolloutView } from "../../../gate/conductor/rollout.ts";
import { conduct, type GateSli } from "../../../gate/index.ts";
import { eventually } from "../../support/eventually.ts";
import { startPlatform } from "../../support/platform.ts";
import { startPrometheus } from "./analysisPrometheus.ts";
import { analysisRuns, atRest, type Metric, runsOf } from "./analysisRuns.ts";
import { startTraffic } from "./analysisTraffic.ts";

const first = "1.0";
const steps = [20, 50];
const slis: readonly GateSli[] = [
  { name: "availability", kind: "availability", limit: 0.02, tolerance: 1.5 },
  { name: "latency", kind: "latency", thresholdMs: 300, limit: 0.1, tolerance: 1.5 },
];
const gate = { alpha: 0.01, beta: 0.05, deadlineSeconds: 12 };

test("the net behind the gate", async (t) => {
  const platform = await startPlatform(t, { parts: ["kube-controller-manager", "kube-scheduler", "argo-rollouts", "node"] });
  const client = await clientFor(platform.kubeconfig);
  t.after(() => client.close());
  const kubeconfig = await readFile(platform.kubeconfig, "utf8");
  const echo = clusterOver(await connect(kubeconfig), { namespace: "default", rollout: "echo" });
  const traffic = await startTraffic(t, async () => {
    const canary = (await echo.rollout()).canaryWeight / 100;
    return { "echo-canary": canary, "echo-stable": 1 - canary };
  });
  const prometheus = await startPrometheus(t, traffic.target);
  const props: AnalysisProps = { service: "echo", namespace: "default", prometheusUrl: prometheus.url, slis, ...gate };

  /** Its pods need no process: they are ready at once. */
  async function deploy(version: string): Promise<string> {
    if (version !== first) await atRest(async () => (await echo.rollout()).resourceVersion);
    const image = `registry.k8s.io/pause:${version}`;
    const manifests = serviceManifests({
      ...{ name: "echo", namespace: "default", image, version, replicas: 2, port: 8080, env: {}, secrets: {} },
      ...{
        resources: { cpuMillis: 10, memoryMebibytes: 16 },
        canary: { steps, deadlineSeconds: gate.deadlineSeconds },
        hosts: [],
        gateways: [],
      },
    });
    for (const { metadata, ...manifest } of [analysisTemplate(props), ...manifests])
      await applyServerSide(client, { ...manifest, metadata: { ...metadata } }, "test", { force: true });
    return image;
  }
  /** Says in the Rollout that the template guards it; later manifests leave that as it is. */
  async function guard(): Promise<void> {
    const spec = { strategy: { canary: { analysis: backgroundAnalysis("echo") } } };
    const rollout = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata: { name: "echo", namespace: "default" }, spec };
    await applyServerSide(client, rollout, "net", { force: true });
  }
  /** Its canary at the first pause. */
  async function rollOut(version: string): Promise<RolloutView & { readonly pausedSince: number }> {
    const { revision } = await echo.rollout();
    await deploy(version);
    return eventually(`the canary of ${version}`, async () => {
      const { pausedSince, ...view } = await echo.rollout();
      return view.revision !== revision && view.pausedAt === 0 && pausedSince !== undefined ? { ...view, pausedSince } : undefined;
    });
  }
  const runOf = async (revision: string) => (await runsOf(client, revision))[0];
  const metricWhere = (revision: string, what: string, holds: (metric: Metric) => boolean, seconds = 30) =>
    eventually(what, async () => (await runOf(revision))?.metricResults?.find(holds), { seconds });

  await deploy(first);
  await guard();
  await eventually("the first revision", async () => ((await echo.rollout()).phase === "Healthy" ? true : undefined));
  assert.deepEqual(await client.list(analysisRuns), []);

  await t.test("a bad canary is aborted with nobody there, and not before the gate's deadline", async () => {
    traffic.errors["echo-canary"] = 0.3;
    const { pausedSince } = await rollOut("1.1");
    const aborted = await eventually("the abort", async () => {
      const view = await echo.rollout();
      return view.aborted && view.canaryWeight === 0 ? view : undefined;
    });
    assert.ok(Date.now() / 1000 - pausedSince >= gate.deadlineSeconds);
    assert.match(aborted.message, /Metric "availability" assessed Failed due to failed \(2\) > failureLimit \(1\)/);
    traffic.errors["echo-canary"] = 0;
  });

  for (const counters of ["nothing", "NaN"] as const) {
    await t.test(`counters that say ${counters} neither pass nor abort`, async () => {
      traffic.counters = counters;
      const { revision } = await rollOut(`1.2-${counters.toLowerCase()}`);
      const { successful, failed } = await metricWhere(revision, "three measurements", ({ inconclusive = 0 }) => inconclusive >= 3);
      assert.deepEqual([successful, failed], [undefined, undefined]);
      assert.equal((await runOf(revision))?.phase, "Running");
      assert.deepEqual([(await echo.rollout()).aborted, (await echo.rollout()).pausedAt], [false, 0]);
      traffic.counters = "numbers";
    });
  }

  await t.test("a canary in an incident that stable has as well is let be", async () => {
    traffic.errors["echo-canary"] = traffic.errors["echo-stable"] = 0.1;
    const { revision } = await rollOut("1.3");
    const { failed } = await metricWhere(
      revision,
      "three measurements",
      ({ name, inconclusive = 0 }) => name === "availability" && inconclusive >= 3,
    );
    assert.equal(failed, undefined);
    traffic.errors["echo-canary"] = traffic.errors["echo-stable"] = 0;
  });

  await t.test("a Prometheus that is away for longer than Argo Rollouts' own patience aborts nothing, and is asked again", async () => {
    const { revision } = await rollOut("1.4");
    await metricWhere(revision, "a good measurement", ({ successful = 0 }) => successful >= 1);
    await prometheus.stop();
    await metricWhere(revision, "the error that aborts by default", ({ consecutiveError = 0 }) => consecutiveError >= 5, 90);
    await prometheus.start();
    await metricWhere(revision, "an answer", ({ successful = 0, consecutiveError = 0 }) => successful >= 2 && consecutiveError === 0);
    const after = await echo.rollout();
    assert.deepEqual([after.aborted, after.pausedAt], [false, 0]);
  });

  await t.test("a rollout that the gate conducts goes through, measured beside it and never paused by it", async () => {
    const image = await deploy("1.5");
    const inputs = { service: "echo", namespace: "default", rollout: "echo", image, template: `sha256:${image}`, kubeconfig, steps, slis };
    const times = { minStepSeconds: 8, lookSeconds: 1, deadlineSeconds: 60 };
    const plan = { ...times, alpha: gate.alpha, beta: gate.beta, strategy: "canary", onDeadline: "rollback", retry: 0 } as const;
    const record = await conduct({ ...inputs, ...plan, prometheus: { url: prometheus.url } }, undefined, {
      output: (line) => t.diagnostic(line),
    });
    assert.equal(record.verdict, "promoted", record.reason);
    const run = await eventually("the end of the run", async () => {
      const run = await runOf(record.revision);
      return run?.phase === "Running" ? undefined : run;
    });
    assert.equal(run.phase, "Successful");
    for (const { successful = 0, failed = 0 } of run.metricResults ?? []) assert.ok(successful > 0 && failed === 0);
  });
});
