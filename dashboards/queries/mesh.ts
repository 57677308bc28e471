// PromQL over Istio's standard metrics. Stable and canary are told apart by the destination Service: their destination_workload is the
// same, because Istio names the pods of both after the Rollout.

/** Both sides of a rollout, and the plain Service of one that has no sides. */
const SERVICE = 'destination_service_name=~"$service(-canary|-stable)?"';
export const CANARY = 'destination_service_name="$service-canary"';
const STABLE = 'destination_service_name="$service-stable"';

const ERRORS = 'response_code=~"5.."';

/** One reporter, or each request counts once at the caller's proxy and once at the service's own. */
const WHERE = 'reporter="$reporter",destination_service_namespace="$namespace"';

const rate = (selector: string) => `rate(${selector}[$__rate_interval])`;
const requests = (...labels: readonly string[]) => `istio_requests_total{${[WHERE, ...labels].join(",")}}`;

/** Requests a second. @param by label of Istio's that tells the series apart; "" for one sum */
export function requestRate(by: string, destination = SERVICE): string {
  return `sum by (${by}) (${rate(requests(destination))})`;
}

/** Share of requests answered with 5xx. Without requests there is no share; with requests and no errors it is 0. */
export function errorShare(by: string, destination = SERVICE): string {
  const all = requestRate(by, destination);
  const errors = `sum by (${by}) (${rate(requests(destination, ERRORS))})`;
  return `(${errors} or 0 * ${all}) / (${all} > 0)`;
}

/** Milliseconds in which this share of the requests was answered. @param quantile between 0 and 1 */
export function latency(quantile: number, by: string, destination = SERVICE): string {
  const buckets = `istio_request_duration_milliseconds_bucket{${WHERE},${destination}}`;
  return `histogram_quantile(${quantile}, sum by (${by === "" ? "le" : `le, ${by}`}) (${rate(buckets)}))`;
}

/** The weight as the traffic shows it: what share of the requests went to the canary. */
export const CANARY_SHARE = `(${requestRate("", CANARY)} or vector(0)) / (${requestRate("")} > 0)`;

/** Requests that each side had in the board's whole range, and those of them that were answered with 5xx. */
export const REQUESTS_IN_RANGE = inRange(requests(SERVICE));
export const ERRORS_IN_RANGE = `(${inRange(requests(SERVICE, ERRORS))} or 0 * ${REQUESTS_IN_RANGE})`;

function inRange(selector: string): string {
  return `sum by (destination_service_name) (increase(${selector}[$__range]))`;
}

/** Versions that had requests on one side in a time. */
function versions(side: string, during: string): string {
  return `count by (destination_canonical_revision) (increase(${requests(side, 'destination_canonical_revision!="unknown"')}${during}) > 0)`;
}

const NOW = "[$__rate_interval]";
const JUST_BEFORE = "[$__rate_interval] offset $__rate_interval";

/** A version that the stable side serves since just now. Ten minutes without requests make no version a new one. */
export const PROMOTED = `${versions(STABLE, NOW)} unless ${versions(STABLE, "[10m] offset $__rate_interval")}`;

/** A version that the canary side served until just now, and that stable, which has requests, does not serve. */
export const ROLLED_BACK = `(${versions(CANARY, JUST_BEFORE)} unless ${versions(CANARY, NOW)} unless ${versions(STABLE, NOW)}) and on () ${versions(STABLE, NOW)}`;

/** For the variables: where there are services, and which. */
export const NAMESPACES = "label_values(istio_requests_total, destination_service_namespace)";
export const SERVICES = `label_values(${requests()}, destination_workload)`;
