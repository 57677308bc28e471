// Every line of PromQL the conductor asks, and nothing else. The names are Istio's: docs "Istio Standard Metrics".

/** Which destination Services tell the revisions apart. A first revision has no stable: its traffic goes to the stable Service. */
export interface Services {
  readonly namespace: string;
  readonly canary: string;
  readonly stable?: string;
}

/** The Services of a Rollout, by their names. @param first whether it has no stable revision yet */
export function servicesOf({ namespace, rollout }: { readonly namespace: string; readonly rollout: string }, first: boolean): Services {
  const [canary, stable] = [`${rollout}-canary`, `${rollout}-stable`];
  return first ? { namespace, canary: stable } : { namespace, canary, stable };
}

// reporter="source": the caller's proxy also counts refused connections and time-outs, which the service itself never sees.
function selector({ namespace, canary, stable }: Services): string {
  const names = stable === undefined ? canary : `${canary}|${stable}`;
  return `reporter="source",destination_service_namespace="${namespace}",destination_service_name=~"${names}"`;
}

/** A range selector gives the raw samples; rate() and increase() would extrapolate. */
function raw(metric: string, labels: string, seconds: number): string {
  return `${metric}{${labels}}[${Math.max(1, Math.round(seconds * 1000))}ms]`;
}

export function requestsQuery(services: Services, seconds: number): string {
  return raw("istio_requests_total", selector(services), seconds);
}

export function durationCountQuery(services: Services, seconds: number): string {
  return raw("istio_request_duration_milliseconds_count", selector(services), seconds);
}

/** Requests not slower than the threshold. Its bucket is written as "300" or "300.0", depending on who exports it. */
export function durationBucketQuery(services: Services, thresholdMs: number, seconds: number): string {
  const plain = String(thresholdMs);
  const le = plain.includes(".") ? plain : `${plain}|${plain}.0`;
  return raw("istio_request_duration_milliseconds_bucket", `${selector(services)},le=~"${le.replaceAll(".", "\\\\.")}"`, seconds);
}

/** Which buckets there are. */
export function bucketsQuery(services: Services): string {
  return `count by (le) (istio_request_duration_milliseconds_bucket{${selector(services)}})`;
}

/** When Prometheus last scraped anything: tells "nobody called the service" from "Prometheus saw nothing". */
export const LAST_SCRAPE_QUERY = "max(timestamp(up))";
