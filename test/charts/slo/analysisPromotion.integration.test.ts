// A blue-green Rollout with nobody there, on a real API server, the real Argo Rollouts controller and a real Prometheus.
import assert from "node:assert/strict";
import test from "node:test";
import { type PromotionProps, promotionAnalysis, promotionTemplate } from "../../../charts/slo/analysis.ts";
import { applyServerSide, clientFor, defineResource, type KubernetesObject } from "../../../embedded/kube/index.ts";
import { eventually } from "../../support/eventually.ts";
import { startPlatform } from "../../support/platform.ts";
import { startPrometheus } from "./analysisPrometheus.ts";
import { atRest, runsOf } from "./analysisRuns.ts";
import { startTraffic } from "./analysisTraffic.ts";

interface RolloutObject extends KubernetesObject {
  status?: {
    readonly phase?: string;
    readonly message?: string;
    readonly abort?: boolean;
    readonly stableRS?: string;
    readonly currentPodHash?: string;
    readonly blueGreen?: { readonly activeSelector?: string };
    readonly pauseConditions?: readonly { readonly reason: string }[];
  };
}
const rollouts = defineResource<RolloutObject>("argoproj.io/v1alpha1", "Rollout", "rollouts");

const labels = { app: "shop" };

test("a blue-green service that nobody watches", async (t) => {
  const platform = await startPlatform(t, { parts: ["kube-controller-manager", "kube-scheduler", "argo-rollouts", "node"] });
  const client = await clientFor(platform.kubeconfig);
  t.after(() => client.close());
  const apply = (object: KubernetesObject) => applyServerSide(client, object, "test", { force: true });
  const status = async () => (await client.get(rollouts, "shop"))?.status ?? {};
  const shares: Record<string, number> = { shop: 1, "shop-preview": 0 };
  const traffic = await startTraffic(t, async () => shares);
  const prometheus = await startPrometheus(t, traffic.target);

  const props: Omit<PromotionProps, "name" | "destination"> = {
    ...{ service: "shop", namespace: "default", prometheusUrl: prometheus.url, alpha: 0.01, beta: 0.05, deadlineSeconds: 8 },
    slis: [{ name: "availability", kind: "availability", limit: 0.02, tolerance: 1.5 }],
  };
  for (const name of ["shop", "shop-preview"]) {
    const ports = [{ name: "http", port: 80 }];
    await apply({ apiVersion: "v1", kind: "Service", metadata: { name, namespace: "default" }, ...{ spec: { selector: labels, ports } } });
    const { metadata, ...template } = promotionTemplate({ ...props, name, destination: name });
    await apply({ ...template, metadata: { ...metadata } });
  }
  async function deploy(version: string): Promise<void> {
    await atRest(async () => (await client.get(rollouts, "shop"))?.metadata?.resourceVersion);
    const containers = [{ name: "main", image: `registry.k8s.io/pause:${version}` }];
    const blueGreen = {
      ...{ activeService: "shop", previewService: "shop-preview" },
      prePromotionAnalysis: promotionAnalysis("shop-preview"),
      postPromotionAnalysis: promotionAnalysis("shop"),
    };
    const spec = { replicas: 1, selector: { matchLabels: labels }, template: { metadata: { labels }, spec: { containers } } };
    const rollout = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout", metadata: { name: "shop", namespace: "default" } };
    await apply({ ...rollout, ...{ spec: { ...spec, strategy: { blueGreen } } } });
  }
  const statusWhere = (what: string, holds: (status: NonNullable<RolloutObject["status"]>) => boolean) =>
    eventually(
      what,
      async () => {
        const now = await status();
        return holds(now) ? now : undefined;
      },
      { seconds: 60 },
    );

  await deploy("1.0");
  const { stableRS: first } = await statusWhere("the first revision", ({ phase }) => phase === "Healthy");

  await t.test("a revision without requests is not let in, and waits for a person", async () => {
    await deploy("1.1");
    const paused = await statusWhere("the pause", ({ pauseConditions = [] }) =>
      pauseConditions.some(({ reason }) => reason === "InconclusiveAnalysisRun"),
    );
    assert.deepEqual([paused.abort ?? false, paused.blueGreen?.activeSelector], [false, first]);
    const [run] = await runsOf(client, paused.currentPodHash ?? "");
    assert.equal(run?.phase, "Inconclusive");
    assert.equal(run?.metricResults?.[0]?.successful, undefined);
  });

  await t.test("a bad one is not let in", async () => {
    shares["shop-preview"] = 0.2;
    traffic.errors["shop-preview"] = 0.3;
    await deploy("1.2");
    const aborted = await statusWhere("the abort", ({ abort = false }) => abort);
    assert.equal(aborted.blueGreen?.activeSelector, first);
    assert.match(aborted.message ?? "", /pre-promotion analysis .*Metric "availability" assessed Failed/);
  });

  await t.test("a good one is let in, and proven again by the traffic it gets then", async () => {
    traffic.errors["shop-preview"] = 0;
    await deploy("1.3");
    const { currentPodHash = "" } = await statusWhere(
      "the new revision",
      ({ phase, stableRS }) => phase === "Healthy" && stableRS !== first,
    );
    const runs = await runsOf(client, currentPodHash);
    assert.deepEqual(
      [runs.map(({ phase }) => phase), (await status()).blueGreen?.activeSelector],
      [["Successful", "Successful"], currentPodHash],
    );
  });

  await t.test("one that turns bad with all traffic is taken back", async () => {
    const { stableRS: good } = await status();
    await deploy("1.4");
    await statusWhere("the switch", ({ blueGreen, stableRS }) => stableRS === good && blueGreen?.activeSelector !== good);
    traffic.errors.shop = 0.3;
    const aborted = await statusWhere("the abort", ({ abort = false, blueGreen }) => abort && blueGreen?.activeSelector === good);
    assert.match(aborted.message ?? "", /post-promotion analysis .*Metric "availability" assessed Failed/);
  });
});
