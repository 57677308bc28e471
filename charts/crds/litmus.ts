// LitmusChaos: https://litmuschaos.github.io/litmus/experiments/categories/contents/

export const CHAOS_EXPERIMENT = { apiVersion: "litmuschaos.io/v1alpha1", kind: "ChaosExperiment" } as const;

interface EnvVar {
  readonly name: string;
  readonly value: string;
}

/** How one fault is done. */
export interface ChaosExperimentSpec {
  readonly definition: {
    readonly scope: "Namespaced";
    readonly image: string;
    readonly imagePullPolicy: "IfNotPresent";
    readonly command: readonly string[];
    readonly args: readonly string[];
    readonly env: readonly EnvVar[];
    readonly labels: Readonly<Record<string, string>>;
    readonly securityContext: { readonly podSecurityContext: object; readonly containerSecurityContext: object };
  };
}

export const CHAOS_ENGINE = { apiVersion: "litmuschaos.io/v1alpha1", kind: "ChaosEngine" } as const;

/** A fault, whom it is done to, and what must hold meanwhile. */
export interface ChaosEngineSpec {
  /** `active` runs it. Litmus writes `stop` when it has run. */
  readonly engineState: "active" | "stop";
  readonly appinfo: { readonly appns: string; readonly applabel: string; readonly appkind: "deployment" | "rollout" };
  readonly chaosServiceAccount: string;
  /** Whether the Job stays when it has run. Its result does, in either case. */
  readonly jobCleanUpPolicy: "delete" | "retain";
  /** Whether Litmus looks at the health of pods by itself, before and after. */
  readonly defaultHealthCheck: boolean;
  readonly components: { readonly runner: { readonly resources: object } };
  readonly experiments: readonly {
    readonly name: string;
    readonly spec: {
      readonly components: { readonly env: readonly EnvVar[]; readonly resources: object };
      readonly probe: readonly PromProbe[];
    };
  }[];
}

/** A query that must go on answering within a bound. */
export interface PromProbe {
  readonly name: string;
  readonly type: "promProbe";
  /** `SOT`: once, before the fault. `Continuous`: again and again, from before it to its end. */
  readonly mode: "SOT" | "Continuous";
  readonly "promProbe/inputs": {
    readonly endpoint: string;
    /** Put between double quotes into a command of a shell. Must give exactly one value. */
    readonly query: string;
    readonly comparator: { readonly criteria: "<="; readonly value: string };
  };
  readonly runProperties: {
    readonly probeTimeout: string;
    readonly interval: string;
    readonly attempt: number;
    readonly probePollingInterval?: string;
    readonly stopOnFailure: boolean;
  };
}
