import assert from "node:assert/strict";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { PrometheusRuleSpec } from "../../../charts/crds/index.ts";
import { backgroundAnalysis, promotionAnalysis } from "../../../charts/slo/index.ts";
import { Service, type ServiceArgs } from "../../../components/service/index.ts";
import { RolloutPlan } from "../../../components/service/plan.ts";
import { type Recording, recordResources, settled } from "../../support/mocks.ts";
import { args } from "./args.ts";

const GATE = "pulumi-nodejs:dynamic/gate:RolloutGate";
const PLAN = "pulumi-nodejs:dynamic/gate:RolloutPlan";
const SERVICE = "kubernetes:core/v1:Service";
const ROLLOUT = "kubernetes:argoproj.io/v1alpha1:Rollout";
const ANALYSIS = "kubernetes:argoproj.io/v1alpha1:AnalysisTemplate";
const RULES = "kubernetes:monitoring.coreos.com/v1:PrometheusRule";
const VIRTUAL_SERVICE = "kubernetes:networking.istio.io/v1:VirtualService";

test("every object of a service is a resource of its own; the plan comes before the Rollout, and the gate after everything", async () => {
  const { all, optionsOf } = await recorded(args);
  const objects = all.filter(({ type }) => type.startsWith("kubernetes:"));
  assert.equal(objects.length, 13);
  assert.equal(before(optionsOf(GATE)).length, objects.length);
  assert.equal(before(optionsOf(ROLLOUT)).length, objects.length);
  assert.ok(before(optionsOf(ROLLOUT)).some((resource) => resource instanceof RolloutPlan));
});

test("what Argo Rollouts writes is left to it: selectors are not named, routes are not updated", async () => {
  const { one, optionsOf } = await recorded(args);
  assert.deepEqual(optionsOf(VIRTUAL_SERVICE).ignoreChanges, ["spec.http"]);
  assert.deepEqual(optionsOf(ROLLOUT).ignoreChanges, []);
  for (const side of ["stable", "canary"]) assert.equal(one(SERVICE, `default/echo-${side}`).spec.selector, undefined);
});

test("the kubeconfig is a secret of the gate and of the plan", async () => {
  const { all } = await recorded({ ...args, cluster: { ...args.cluster, kubeconfig: "kind: Config" } });
  for (const type of [GATE, PLAN]) assert.deepEqual(all.find((resource) => resource.type === type)?.secrets, ["kubeconfig"]);
});

test("any change of the pods is a revision for the gate, and nothing else is", async () => {
  const templateOf = async (changed: ServiceArgs): Promise<string> => (await recorded(changed)).one(GATE, "echo").template;
  const original = await templateOf(args);
  assert.match(original, /^sha256:[0-9a-f]{64}$/);
  assert.equal(await templateOf({ ...args, replicas: 5, judgement: { ...args.judgement, steps: [5] } }), original);
  assert.notEqual(await templateOf({ ...args, env: { GREETING: "hello" } }), original);
  assert.notEqual(await templateOf({ ...args, resources: { ...args.resources, memoryMebibytes: 256 } }), original);
});

test("the pods carry the digest of their template, which is not part of it", async () => {
  const outputs = { ...args, env: { DATABASE: pulumi.output("postgres://db") } };
  for (const given of [args, outputs]) {
    const { one } = await recorded(given);
    const { metadata } = one(ROLLOUT, "default/echo").spec.template;
    assert.deepEqual(metadata.annotations, { "sluice.dev/template": one(GATE, "echo").template });
  }
});

test("an environment variable may be an output of another resource", async () => {
  const url = pulumi.output("postgres://db");
  const { one } = await recorded({ ...args, env: { DATABASE: pulumi.interpolate`${url}/echo` } });
  const [container] = one(ROLLOUT, "default/echo").spec.template.spec.containers;
  assert.deepEqual(container.env.at(-1), { name: "DATABASE", value: "postgres://db/echo" });
});

test("the gate is told what to judge by, without what is only for alerts", async () => {
  const sli = { name: "latency", limit: 0.1, tolerance: 1.5, kind: "latency", thresholdMs: 300 } as const;
  const slo = { ...sli, objective: 95, window: { days: 30 } } as const;
  assert.deepEqual((await recorded({ ...args, judgement: { ...args.judgement, slo: [slo] } })).one(GATE, "echo").slis, [sli]);
});

test("a judged service is watched in the cluster by what it is judged by: rules, alerts, and the analysis behind its rollouts", async () => {
  const { one } = await recorded(args);
  assert.deepEqual(one(ROLLOUT, "default/echo").spec.strategy.canary.analysis, backgroundAnalysis("echo"));
  const [metric] = one(ANALYSIS, "default/echo").spec.metrics;
  assert.equal(metric.name, "availability");
  assert.match(metric.provider.prometheus.query, /destination_service_name="echo-canary"/);
  const alerts = one(RULES, "default/echo").spec.groups.flatMap(({ rules }: PrometheusRuleSpec["groups"][number]) => rules);
  assert.ok(alerts.some(({ labels }: { labels?: Record<string, string> }) => labels?.severity === "page" && labels?.service === "echo"));
});

test("alerts lead to the service's board where the cluster has a Grafana", async () => {
  const { one } = await recorded({ ...args, cluster: { ...args.cluster, grafanaUrl: "https://grafana.example" } });
  const rules = JSON.stringify(one(RULES, "default/echo").spec);
  assert.match(rules, /"dashboard_url":"https:\/\/grafana\.example\/d\/sluice-release\?var-namespace=default&var-service=echo"/);
});

test("a blue-green service is switched by its gate alone, and watched in the cluster after the switch", async () => {
  const { one } = await recorded({ ...args, judgement: { ...args.judgement, strategy: "blueGreen", steps: [50] } });
  const { canary, blueGreen } = one(ROLLOUT, "default/echo").spec.strategy;
  assert.equal(canary, undefined);
  assert.equal(blueGreen.autoPromotionEnabled, false);
  assert.deepEqual(blueGreen.postPromotionAnalysis, promotionAnalysis("echo"));
  const [metric] = one(ANALYSIS, "default/echo").spec.metrics;
  assert.match(metric.provider.prometheus.query, /destination_service_name="echo-stable"/);
  const { strategy, steps } = one(GATE, "echo");
  assert.deepEqual([strategy, steps], ["blueGreen", [50]]);
});

test("verdict and image are those of the last record", async () => {
  const { service } = await recorded(args);
  assert.equal(await settled(service.verdict), "promoted");
  assert.equal(await settled(service.image), "localhost/echo:1.0.0");
  assert.equal(await settled(service.url), "http://echo.localhost:8080");
});

test("a service that is not judged has no gate, and its Rollout is waited for", async () => {
  const { judgement: _, ...unjudged } = args;
  const { all, one, service } = await recorded(unjudged);
  assert.deepEqual(
    all.filter(({ type }) => type.startsWith("pulumi-nodejs:")),
    [],
  );
  assert.equal(one(ROLLOUT, "default/echo").metadata.annotations, undefined);
  assert.equal(await settled(service.verdict), "not judged");
});

test("a preview of a new service asks for all of it, without a verdict", async () => {
  const { all } = await recordResources(() => new Service("echo", args), { preview: true });
  assert.equal(all.length, 16);
});

interface RecordedService extends Recording {
  readonly service: Service;
  optionsOf(type: string): pulumi.CustomResourceOptions;
}

/** A service called echo, as the engine is asked for it, with a gate that promotes. */
async function recorded(given: ServiceArgs): Promise<RecordedService> {
  const options = new Map<string, pulumi.CustomResourceOptions>();
  const remember: pulumi.ResourceTransformation = ({ type, opts }) => {
    options.set(type, opts);
    return undefined;
  };
  const record = { verdict: "promoted", image: given.image };
  const outputsOf = ({ type }: pulumi.runtime.MockResourceArgs) => (type === GATE ? { record } : {});
  let service: Service | undefined;
  const recording = await recordResources(
    () => {
      service = new Service("echo", given, { transformations: [remember] });
    },
    { outputsOf },
  );
  assert(service !== undefined);
  return { ...recording, service, optionsOf: (type) => options.get(type) ?? assert.fail(`no ${type}`) };
}

function before({ dependsOn }: pulumi.CustomResourceOptions): readonly unknown[] {
  return Array.isArray(dependsOn) ? dependsOn : assert.fail("depends on nothing");
}
