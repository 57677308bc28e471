import * as pulumi from "@pulumi/pulumi";
import type { GateRecord, GateSli, Verdict } from "@sluice/gate";
import type { Manifest } from "../../charts/manifest.ts";
import { podTemplate, type ServiceProps, serviceManifests } from "../../charts/service/index.ts";
import { backgroundAnalysis, promotionAnalysis } from "../../charts/slo/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import type { JudgementArgs, ServiceArgs } from "./args.ts";
import { Gate, type GateArgs } from "./gate.ts";
import { RolloutPlan } from "./plan.ts";
import { templateDigest } from "./template.ts";
import { watchManifests } from "./watch.ts";

export type { JudgementArgs, ServiceArgs, ServiceCluster } from "./args.ts";

/**
 * Fields that are not ours any more once the object is there: Argo Rollouts writes weights, the gate a route for copies. (The Services'
 * selectors, which Argo Rollouts writes too, the chart leaves out.)
 */
const WRITTEN_BY_OTHERS = { VirtualService: ["spec.http"] };

/** A service whose every new revision is let in step by step, and only on evidence. */
export class Service extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  /** What runs. */
  readonly image: pulumi.Output<string>;
  readonly verdict: pulumi.Output<Verdict | "not judged">;
  /** The last judgement; undefined where none is made. */
  readonly record: pulumi.Output<GateRecord | undefined>;
  /** The Kubernetes objects, for those who must change one. */
  readonly objects: readonly pulumi.CustomResource[];

  constructor(name: string, args: ServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:service:Service", name, {}, options);
    const held = new HeldOutputs();
    const props = chartProps(name, args, held);
    const template = held.apply(podTemplate(props), templateDigest);
    const gateArgs = args.judgement && buildGateArgs(name, args, args.judgement, template);

    const plan = gateArgs && new RolloutPlan(name, gateArgs, { parent: this });
    const watching = args.judgement ? watchManifests(name, args.namespace, args.judgement, args.cluster) : [];
    this.objects = createService([...serviceManifests({ ...props, template: held.hold(template) }), ...watching], held, plan, this);
    const gate = gateArgs && new Gate(name, gateArgs, { parent: this, dependsOn: [...this.objects] });

    this.url = pulumi.output(args.cluster.urlOf(name));
    this.record = gate?.record ?? pulumi.output(undefined);
    this.image = gate?.record.apply((record) => record.image) ?? pulumi.output(args.image);
    this.verdict = pulumi.output(gate?.record.apply((record) => record.verdict) ?? "not judged");
    this.registerOutputs({ url: this.url, image: this.image, verdict: this.verdict });
  }
}

function chartProps(name: string, args: ServiceArgs, held: HeldOutputs): ServiceProps {
  const { cluster, judgement, env, ...rest } = args;
  const heldEnv = Object.fromEntries(Object.entries(env).map(([key, value]) => [key, held.hold(value)]));
  return { ...rest, ...(judgement && strategyProps(name, judgement)), name, env: heldEnv, ...outsideOf(name, cluster) };
}

/** How a service is reached from outside. */
function outsideOf(name: string, { hostOf, gateways = [] }: ServiceArgs["cluster"]): Pick<ServiceProps, "hosts" | "gateways"> {
  return { hosts: [hostOf(name)], gateways };
}

function strategyProps(name: string, { strategy, steps, deadlineSeconds }: JudgementArgs): Pick<ServiceProps, "canary" | "blueGreen"> {
  if (strategy === "blueGreen") return { blueGreen: { deadlineSeconds, analysis: promotionAnalysis(name) } };
  return { canary: { steps, deadlineSeconds, analysis: backgroundAnalysis(name) } };
}

/** The Rollout comes last, and goes first: Argo Rollouts calls it invalid while a Service or a route it names is not there. */
function createService(
  manifests: readonly Manifest[],
  held: HeldOutputs,
  plan: RolloutPlan | undefined,
  parent: pulumi.Resource,
): readonly pulumi.CustomResource[] {
  // A Service of pods is ready when they are, and they come after it. A judged Rollout is waited for by the gate, which says why its pods are not ready.
  const notAwaited = new Set(plan === undefined ? ["Service"] : ["Service", "Rollout"]);
  const settled = manifests.map((manifest) => (notAwaited.has(manifest.kind) ? withoutAwait(manifest) : manifest));
  const isRollout = ({ kind }: Manifest) => kind === "Rollout";
  const options = { parent, held, ignoreChanges: WRITTEN_BY_OTHERS };
  const others = createObjects(
    settled.filter((manifest) => !isRollout(manifest)),
    options,
  );
  const dependsOn = plan === undefined ? others : [plan, ...others];
  return [...others, ...createObjects(settled.filter(isRollout), { ...options, dependsOn })];
}

function withoutAwait(manifest: Manifest): Manifest {
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, "pulumi.com/skipAwait": "true" } } };
}

function buildGateArgs(name: string, args: ServiceArgs, { slo, ...judgement }: JudgementArgs, template: pulumi.Output<string>): GateArgs {
  const { namespace, image, cluster } = args;
  const { kubeconfig, prometheus } = cluster;
  return { ...judgement, service: name, rollout: name, namespace, image, template, kubeconfig, prometheus, slis: slo.map(gateSli) };
}

/** What the gate judges by: an SLO without its objective and window, which are for alerts and not for rollouts. */
function gateSli(slo: GateSli): GateSli {
  const { name, limit, tolerance } = slo;
  if (slo.kind === "latency") return { name, limit, tolerance, kind: slo.kind, thresholdMs: slo.thresholdMs };
  return { name, limit, tolerance, kind: slo.kind };
}
