// PromQL over what the gate tells of itself (gate/telemetry). Its series of a rollout end with the rollout; the verdict is one sample.
import type { State } from "../kinds/index.ts";

const OF_ROLLOUT = 'namespace="$namespace",service="$service",revision=~"$revision"';
const OF_SERVICES = 'namespace=~"$namespace",service=~"$service"';

/** Verdicts as the stat shows them; "judging" is not one yet. */
const VERDICTS = {
  judging: { text: "judging", colour: "blue" },
  promoted: { text: "promoted", colour: "green" },
  "rolled back": { text: "rolled back", colour: "red" },
  held: { text: "held", colour: "orange" },
} as const satisfies Record<string, Omit<State, "value">>;

export const VERDICT_STATES: readonly State[] = Object.values(VERDICTS).map((verdict, value) => ({ value, ...verdict }));

/** A gauge of the rollout on the board; one value, for only one revision of a service is judged at a time. */
const now = (name: string) => `max(sluice_gate_${name}{${OF_ROLLOUT}})`;

const endedAt = (...labels: readonly string[]) =>
  `max(last_over_time(sluice_gate_verdict_timestamp_seconds{${[OF_ROLLOUT, ...labels].join(",")}}[$__range]))`;

/** What the gate is at, or its last verdict in the range, as the numbers of VERDICT_STATES. */
export const VERDICT = [
  `0 * ${now("step")}`,
  ...Object.keys(VERDICTS).flatMap((verdict, value) =>
    verdict === "judging" ? [] : [`${value} + 0 * (${endedAt(`verdict="${verdict}"`)} >= ${endedAt()})`],
  ),
].join(" or ");

export const STEP = now("step");
export const WEIGHT = now("weight_ratio");
/** 0 once there is a verdict. */
export const TIME_LEFT = `clamp_min(${now("deadline_timestamp_seconds")} - time(), 0) or 0 * ${endedAt()}`;

/** How far evidence has come, of what decides: 0 at an e of 1 or less, 1 where it decides. Evidence grows by factors, so by its logarithm. */
function share(evidence: string, limit: string): string {
  return `clamp(ln(${evidence}) / on () group_left () ln(${now(limit)}), 0, 1)`;
}

export const GOOD = share(`max by (sli, against) (sluice_gate_sli_good{${OF_ROLLOUT}})`, "good_limit");
/** The gate goes on when every SLI has enough. */
export const LEAST_GOOD = `min(${GOOD})`;
export const WORSE = share(now("evidence"), "evidence_limit");
export const WORSE_BY_SLI = share(`max by (sli, against) (sluice_gate_sli_evidence{${OF_ROLLOUT}})`, "evidence_limit");

const perSide = (counter: string) => `max by (revision, sli, side) (last_over_time(sluice_gate_${counter}{${OF_ROLLOUT}}[$__range]))`;
export const REQUESTS = perSide("requests_total");
export const BAD_REQUESTS = perSide("bad_requests_total");
export const BAD_SHARE = `${BAD_REQUESTS} / (${REQUESTS} > 0)`;
export const LIMIT = `0 * ${REQUESTS} + on (revision, sli) group_left () max by (revision, sli) (last_over_time(sluice_gate_sli_limit_ratio{${OF_ROLLOUT}}[$__range]))`;

export const MISSED_IN_RANGE = `round(sum(increase(sluice_gate_looks_without_evidence_total{${OF_ROLLOUT}}[$__range])))`;

/** Verdicts in the board's range: each is one sample. */
export function verdictsInRange(by: readonly string[], ...labels: readonly string[]): string {
  const verdicts = `sluice_gate_verdict_timestamp_seconds{${[OF_SERVICES, ...labels].join(",")}}`;
  return `sum by (${by.join(", ")}) (count_over_time(${verdicts}[$__range]))`;
}

/** Over all services, for the platform's board. */
export const LOOKS = "sum by (namespace, service) (rate(sluice_gate_looks_total[$__rate_interval]))";
export const MISSED = "sum by (reason) (rate(sluice_gate_looks_without_evidence_total[$__rate_interval]))";
export const VERDICTS_OF_ALL = "sum by (verdict, by) (count_over_time(sluice_gate_verdict_timestamp_seconds[$__range]))";
