import type * as pulumi from "@pulumi/pulumi";
import type { GateInputs, GateSli } from "@sluice/gate";
import type { Autoscaling, Resources, ServiceProps } from "../../charts/service/index.ts";
import type { ServiceObjective } from "../../charts/slo/index.ts";

export interface ServiceArgs {
  readonly namespace: string;
  /** Full reference, by tag or by digest. */
  readonly image: string;
  /** The version for people, in labels and in the process' VERSION. */
  readonly version: string;
  readonly replicas: number;
  /** Where the process serves HTTP: the service itself, /health, /ready and /metrics. */
  readonly port: number;
  /** Must hold no secrets: it is plain text in the pod. */
  readonly env: Readonly<Record<string, pulumi.Input<string>>>;
  /** Environment out of Kubernetes secrets of the namespace, by name and key. They are made beforehand. */
  readonly secrets: ServiceProps["secrets"];
  readonly resources: Resources;
  readonly autoscaling?: Autoscaling | undefined;
  /** Left out, versions are not judged: each gets all traffic as soon as its pods are ready. */
  readonly judgement?: JudgementArgs | undefined;
  readonly cluster: ServiceCluster;
}

/** How a revision is let in, and what it is held to; see GateInputs for each. */
export interface JudgementArgs
  extends Pick<
    GateInputs,
    "strategy" | "steps" | "minStepSeconds" | "deadlineSeconds" | "lookSeconds" | "onDeadline" | "alpha" | "beta" | "retry"
  > {
  /** At least one. */
  readonly slo: readonly JudgedObjective[];
}

/** One objective: what a canary is held to, and what is promised over time. */
export type JudgedObjective = ServiceObjective & GateSli;

/** What a service has to know of the cluster it runs on. */
export interface ServiceCluster {
  /** Contents of a kubeconfig. Kept as a secret. */
  readonly kubeconfig: pulumi.Input<string>;
  /** Where the gate finds the mesh's counters. */
  readonly prometheus: GateInputs["prometheus"];
  /** Where people reach Grafana, for links from alerts to boards. @default not known: alerts have no such link */
  readonly grafanaUrl?: string;
  /** Gateways, as "namespace/name", that the world comes in by. @default none: whoever routes from outside has to know the mesh's routes */
  readonly gateways?: readonly string[];
  /** The name under which a service is reached from outside the mesh. */
  hostOf(service: string): string;
  /** Where people and load generators find a service. */
  urlOf(service: string): string;
}
