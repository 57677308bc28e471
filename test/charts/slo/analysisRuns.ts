// What Argo Rollouts' controller says of its analyses.
import { defineResource, type KubeClient, type KubernetesObject } from "../../../embedded/kube/index.ts";
import { eventually } from "../../support/eventually.ts";

/** Counts of measurements; a count of nought is left out. */
export interface Metric {
  readonly name: string;
  readonly successful?: number;
  readonly failed?: number;
  readonly inconclusive?: number;
  readonly consecutiveError?: number;
}

export interface RunStatus {
  readonly phase?: string;
  readonly metricResults?: readonly Metric[];
}

interface AnalysisRun extends KubernetesObject {
  readonly status?: RunStatus;
}

export const analysisRuns = defineResource<AnalysisRun>("argoproj.io/v1alpha1", "AnalysisRun", "analysisruns");

/** The runs of a revision that have begun. */
export async function runsOf(client: KubeClient, revision: string): Promise<readonly RunStatus[]> {
  const runs = await client.list(analysisRuns);
  const own = runs.filter(({ metadata }) => metadata?.labels?.["rollouts-pod-template-hash"] === revision);
  return own.flatMap(({ status }) => (status === undefined ? [] : [status]));
}

const REST_MS = 1000;

/**
 * Waits until the controller has written nothing for a second. It keeps what it wrote as the newest there is, so that it may overlook, until
 * its next resync in minutes, an update that somebody makes in the same milliseconds.
 */
export async function atRest(resourceVersion: () => Promise<string | undefined>): Promise<void> {
  let seen: string | undefined;
  let since = Date.now();
  await eventually("the controller to rest", async () => {
    const now = await resourceVersion();
    if (now !== seen) [seen, since] = [now, Date.now()];
    return Date.now() - since >= REST_MS || undefined;
  });
}
