// Every line of PromQL the conductor asks, and nothing else. The names are Istio's: docs "Istio Standard Metrics".
import type { RevisionOf } from "./samples.ts";

/** Which of the mesh's counters are a rollout's. */
export interface Source {
  /** Matches the labels of all of them. */
  readonly selector: string;
  /** Tells whose each of them is. */
  readonly revisionOf: RevisionOf;
}

interface Names {
  readonly namespace: string;
  readonly rollout: string;
}

/**
 * The users' own requests, told apart by the Service they were routed to.
 * @param first whether there is no stable revision yet: then all requests go to the stable Service, and are the canary's
 */
export function routedSource({ namespace, rollout }: Names, first: boolean): Source {
  const canary = first ? `${rollout}-stable` : `${rollout}-canary`;
  const stable = first ? undefined : `${rollout}-stable`;
  const names = stable === undefined ? canary : `${canary}|${stable}`;
  return {
    // reporter="source": the caller's proxy also counts refused connections and time-outs, which the service itself never sees.
    selector: `reporter="source",destination_service_namespace="${namespace}",destination_service_name=~"${names}"`,
    revisionOf: ({ destination_service_name: name }) => (name === canary ? "canary" : name === stable ? "stable" : undefined),
  };
}

/** The users' requests that may be copied, while none are. */
export function copiableSource(names: Names): Source {
  const { selector, revisionOf } = routedSource(names, false);
  return { selector: `${selector},${MAY_BE_COPIED}`, revisionOf };
}

/**
 * Copies of requests beside the requests they are copies of. Nobody waits for the answer to a copy, so only the proxies of the pods count
 * it; for both revisions alike, and told apart by the pods. Of stable's requests those count that are copied: where the mesh does not
 * tell methods apart, all of them.
 * @param revision the canary's
 */
export function copiedSource({ namespace, rollout }: Names, revision: string): Source {
  return {
    selector: `reporter="destination",destination_workload_namespace="${namespace}",destination_workload="${rollout}",${MAY_BE_COPIED}`,
    revisionOf: ({ rollouts_pod_template_hash: hash }) => (hash === revision ? "canary" : "stable"),
  };
}

/** What may be copied: methods that change nothing (RFC 9110, 9.2.1). A copied POST would act twice. */
export const COPIED_METHODS: readonly string[] = ["GET", "HEAD"];

const MAY_BE_COPIED = `request_method=~"|${COPIED_METHODS.join("|")}"`;

/** A range selector gives the raw samples; rate() and increase() would extrapolate. */
function raw(metric: string, labels: string, seconds: number): string {
  return `${metric}{${labels}}[${Math.max(1, Math.round(seconds * 1000))}ms]`;
}

export function requestsQuery({ selector }: Source, seconds: number): string {
  return raw("istio_requests_total", selector, seconds);
}

export function durationCountQuery({ selector }: Source, seconds: number): string {
  return raw("istio_request_duration_milliseconds_count", selector, seconds);
}

/** Requests not slower than the threshold. Its bucket is written as "300" or "300.0", depending on who exports it. */
export function durationBucketQuery({ selector }: Source, thresholdMs: number, seconds: number): string {
  const plain = String(thresholdMs);
  const le = plain.includes(".") ? plain : `${plain}|${plain}.0`;
  return raw("istio_request_duration_milliseconds_bucket", `${selector},le=~"${le.replaceAll(".", "\\\\.")}"`, seconds);
}

/** Which buckets there are. */
export function bucketsQuery({ selector }: Source): string {
  return `count by (le) (istio_request_duration_milliseconds_bucket{${selector}})`;
}

/** When Prometheus last scraped anything: tells "nobody called the service" from "Prometheus saw nothing". */
export const LAST_SCRAPE_QUERY = "max(timestamp(up))";
