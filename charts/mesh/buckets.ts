import { ISTIO_BUCKETS_MS } from "../slo/index.ts";

/**
 * Annotation of a proxy's pod that makes the buckets of its latency histogram those by which objectives are written: Istio's own have no
 * 200 ms and no 300 ms. There is no setting for the whole mesh; the injector puts it on every pod. The key is the beginning of the histogram's name in Envoy,
 * so that sizes keep Istio's buckets: https://istio.io/latest/docs/reference/config/annotations/#SidecarStatsHistogramBuckets
 */
export const LATENCY_BUCKETS: Readonly<Record<string, string>> = {
  "sidecar.istio.io/statsHistogramBuckets": JSON.stringify({ "istiocustom.istio_request_duration_milliseconds": ISTIO_BUCKETS_MS }),
};
