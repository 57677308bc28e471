// What guards a blue-green Rollout after its switch, with nobody there, on a real API server, the real Argo Rollouts controller and a real Prometheus.
import assert from "node:assert/strict";
import test from "node:test";
import { type AnalysisProps, promotionAnalysis, promotionTemplate } from "../../../charts/slo/analysis.ts";
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
  const shares: Record<string, number> = { "shop-stable": 1 };
  const traffic = await startTraffic(t, async () => shares);
  const prometheus = await startPrometheus(t, traffic.target);

  const props: AnalysisProps = {
    ...{ service: "shop", namespace: "default", prometheusUrl: prometheus.url, alpha: 0.01, beta: 0.05, deadlineSeconds: 8 },
    slis: [{ name: "availability", kind: "availability", limit: 0.02, tolerance: 1.5 }],
  };
  const { metadata, ...template } = promotionTemplate(props);
  await apply({ ...template, metadata: { ...metadata } });
  const spec = { selector: labels, ports: [{ name: "http", port: 80 }] };
  await apply({ apiVersion: "v1", kind: "Service", metadata: { name: "shop-stable", namespace: "default" }, ...{ spec } });
  async function deploy(version: string): Promise<void> {
    await atRest(async () => (await client.get(rollouts, "shop"))?.metadata?.resourceVersion);
    const containers = [{ name: "main", image: `registry.k8s.io/pause:${version}` }];
    const blueGreen = { activeService: "shop-stable", postPromotionAnalysis: promotionAnalysis("shop") };
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

  await t.test("a revision without requests is stable in the end, and waits for nobody", async () => {
    shares["shop-stable"] = 0;
    await deploy("1.1");
    const { currentPodHash = "" } = await statusWhere(
      "the new revision",
      ({ phase, stableRS }) => phase === "Healthy" && stableRS !== first,
    );
    const [run] = await runsOf(client, currentPodHash);
    assert.equal(run?.phase, "Successful");
    assert.equal(run?.metricResults?.[0]?.successful, undefined);
  });

  await t.test("one that turns bad with all traffic is taken back", async () => {
    const { stableRS: good } = await status();
    shares["shop-stable"] = 1;
    await deploy("1.2");
    await statusWhere("the switch", ({ blueGreen, stableRS }) => stableRS === good && blueGreen?.activeSelector !== good);
    traffic.errors["shop-stable"] = 0.3;
    const aborted = await statusWhere("the abort", ({ abort = false, blueGreen }) => abort && blueGreen?.activeSelector === good);
    assert.match(aborted.message ?? "", /post-promotion analysis .*Metric "availability" assessed Failed/);
  });
});
