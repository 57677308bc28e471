// Argo Rollouts: https://argo-rollouts.readthedocs.io/en/stable/features/specification/
import type { BackgroundAnalysis, RolloutAnalysis } from "./argoAnalysis.ts";

export const ROLLOUT = { apiVersion: "argoproj.io/v1alpha1", kind: "Rollout" } as const;

/** One phase of a canary: a weight, or a pause that ends when somebody ends it. */
export type CanaryStep = { readonly setWeight: number } | { readonly pause: Readonly<Record<string, never>> };

export interface RolloutSpec {
  /** Left out where an autoscaler sets it. */
  readonly replicas?: number;
  readonly selector: { readonly matchLabels: Readonly<Record<string, string>> };
  readonly template: unknown;
  readonly revisionHistoryLimit: number;
  readonly progressDeadlineSeconds?: number;
  readonly strategy: { readonly canary: CanaryStrategy } | { readonly blueGreen: BlueGreenStrategy };
}

export interface CanaryStrategy {
  readonly canaryService: string;
  readonly stableService: string;
  readonly trafficRouting: {
    readonly istio: { readonly virtualService: { readonly name: string; readonly routes: readonly string[] } };
  };
  readonly steps?: readonly CanaryStep[];
  readonly analysis?: BackgroundAnalysis;
  readonly dynamicStableScale: boolean;
  readonly abortScaleDownDelaySeconds: number;
  readonly scaleDownDelaySeconds: number;
}

export interface BlueGreenStrategy {
  readonly activeService: string;
  readonly previewService: string;
  readonly autoPromotionEnabled: boolean;
  /** Labels of the new revision's pods until it is stable. */
  readonly previewMetadata: { readonly labels: Readonly<Record<string, string>> };
  readonly postPromotionAnalysis?: RolloutAnalysis;
  readonly abortScaleDownDelaySeconds: number;
  readonly scaleDownDelaySeconds: number;
}
