import type { BackgroundAnalysis, RolloutAnalysis } from "../crds/index.ts";

/** What a service's manifests are made from. Everything is decided by the caller: there are no defaults in here. */
export interface ServiceProps {
  /** DNS label, at most 56 characters, because "-canary" is put behind it. */
  readonly name: string;
  readonly namespace: string;
  /** Full reference, by tag or by digest: "localhost/echo:1.0.0". */
  readonly image: string;
  /** The version for people: label `app.kubernetes.io/version` and the process' VERSION. */
  readonly version: string;
  /** Pods while no rollout is under way. An autoscaler, where there is one, takes its place. */
  readonly replicas: number;
  /** The port on which the process serves HTTP, /health, /ready and /metrics included. */
  readonly port: number;
  /** Environment of the process, beside the variables that `reservedEnv` names. */
  readonly env: Readonly<Record<string, string>>;
  /** The same, out of Kubernetes secrets of the namespace. A changed secret reaches new pods only. */
  readonly secrets: Readonly<Record<string, { readonly name: string; readonly key: string }>>;
  readonly resources: Resources;
  readonly autoscaling?: Autoscaling | undefined;
  /** At most one of `canary` and `blueGreen`. Without either a new revision gets all traffic as soon as its pods are ready. */
  readonly canary?: Canary | undefined;
  readonly blueGreen?: BlueGreen | undefined;
  /** Digest of the pod template, for its own annotation. Left out while the digest is made: it is that of a template with an empty one. */
  readonly template?: string | undefined;
  /** Names under which the service is reached from outside the mesh. */
  readonly hosts: readonly string[];
  /** Gateways, as "namespace/name", that requests from outside come in by, and whose routes then have the same weights as the mesh's. */
  readonly gateways: readonly string[];
}

export interface Resources {
  /** CPU that is reserved, in thousandths of a core. There is no limit on it: a throttled pod is a slow pod, which the gate would take for a slow version. */
  readonly cpuMillis: number;
  /** Memory that is reserved, and at the same time the limit: memory cannot be taken back, so a limit above the request is a promise nobody keeps. */
  readonly memoryMebibytes: number;
}

export interface Autoscaling {
  readonly minReplicas: number;
  readonly maxReplicas: number;
  /** CPU use, in percent of the reservation, that the autoscaler steers for. */
  readonly cpuPercent: number;
}

/** A new revision gets a rising share of the requests. */
export interface Canary {
  /** Canary weights in percent, rising. */
  readonly steps: readonly number[];
  /** Longest time one step may take, in seconds. */
  readonly deadlineSeconds: number;
  /** The net behind the gate; its template has to be there before the Rollout. */
  readonly analysis?: BackgroundAnalysis | undefined;
}

/** A new revision gets no requests but copies, and then all at once. */
export interface BlueGreen {
  /** Longest time until its pods are ready, and then until the switch, in seconds. */
  readonly deadlineSeconds: number;
  /** The net behind the switch; its template has to be there before the Rollout. */
  readonly analysis?: RolloutAnalysis | undefined;
}
