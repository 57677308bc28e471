import * as pulumi from "@pulumi/pulumi";
import type { GateRecord, GateSli, Verdict } from "@sluice/gate";
import type { Manifest } from "../../charts/manifest.ts";
import { podTemplate, type ServiceProps, serviceManifests } from "../../charts/service/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import type { ServiceArgs } from "./args.ts";
import { Gate, type GateArgs } from "./gate.ts";
import { RolloutPlan } from "./plan.ts";
import { templateDigest } from "./template.ts";

export type { RolloutArgs, ServiceArgs, ServiceCluster } from "./args.ts";

/** Fields that Argo Rollouts writes once the object is there: the weights. (The Services' selectors it writes too, the chart leaves out.) */
const WRITTEN_BY_ARGO = { VirtualService: ["spec.http"] };

/** Kinds whose readiness is nobody's business but the gate's, which judges every revision, the first one too, and says why pods are not ready. */
const AWAITED_BY_GATE = new Set(["Rollout", "Service"]);

/** A service whose every new revision is let in step by step, and only on evidence. */
export class Service extends pulumi.ComponentResource {
  readonly url: pulumi.Output<string>;
  /** What the last judged revision runs. */
  readonly image: pulumi.Output<string>;
  readonly verdict: pulumi.Output<Verdict>;
  readonly record: pulumi.Output<GateRecord>;
  /** The Kubernetes objects, for those who must change one. */
  readonly objects: readonly pulumi.CustomResource[];

  constructor(name: string, args: ServiceArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:service:Service", name, {}, options);
    const held = new HeldOutputs();
    const props = chartProps(name, args, held);

    const judgement = gateArgs(name, args, held.apply(podTemplate(props), templateDigest));
    const plan = new RolloutPlan(name, judgement, { parent: this });
    this.objects = createService(serviceManifests(props).map(leaveToGate), held, plan, this);
    const gate = new Gate(name, judgement, { parent: this, dependsOn: [...this.objects] });

    this.url = pulumi.output(args.cluster.urlOf(name));
    this.record = gate.record;
    this.image = gate.record.apply((record) => record.image);
    this.verdict = gate.record.apply((record) => record.verdict);
    this.registerOutputs({ url: this.url, image: this.image, verdict: this.verdict });
  }
}

function chartProps(name: string, args: ServiceArgs, held: HeldOutputs): ServiceProps {
  const { cluster, slo: _, rollout, env, ...rest } = args;
  return {
    ...rest,
    name,
    env: Object.fromEntries(Object.entries(env).map(([key, value]) => [key, held.hold(value)])),
    canary: { steps: rollout.steps, deadlineSeconds: rollout.deadlineSeconds },
    hosts: [cluster.hostOf(name)],
  };
}

/** The Rollout comes last, and goes first: Argo Rollouts calls it invalid while a Service or a route it names is not there. */
function createService(
  manifests: readonly Manifest[],
  held: HeldOutputs,
  plan: RolloutPlan,
  parent: pulumi.Resource,
): readonly pulumi.CustomResource[] {
  const isRollout = ({ kind }: Manifest) => kind === "Rollout";
  const options = { parent, held, ignoreChanges: WRITTEN_BY_ARGO };
  const others = createObjects(
    manifests.filter((manifest) => !isRollout(manifest)),
    options,
  );
  return [...others, ...createObjects(manifests.filter(isRollout), { ...options, dependsOn: [plan, ...others] })];
}

function leaveToGate(manifest: Manifest): Manifest {
  if (!AWAITED_BY_GATE.has(manifest.kind)) return manifest;
  const { metadata } = manifest;
  return { ...manifest, metadata: { ...metadata, annotations: { ...metadata.annotations, "pulumi.com/skipAwait": "true" } } };
}

function gateArgs(name: string, { namespace, image, slo, rollout, cluster }: ServiceArgs, template: pulumi.Output<string>): GateArgs {
  const { kubeconfig, prometheus } = cluster;
  return { ...rollout, service: name, rollout: name, namespace, image, template, kubeconfig, prometheus, slis: slo.map(gateSli) };
}

/** What the gate judges by: an SLO without its objective and window, which are for alerts and not for rollouts. */
function gateSli(slo: GateSli): GateSli {
  const { name, limit, tolerance } = slo;
  return slo.kind === "latency"
    ? { name, limit, tolerance, kind: slo.kind, thresholdMs: slo.thresholdMs }
    : { name, limit, tolerance, kind: slo.kind };
}
