// What the boards' queries that do more than divide two sums have to say of made-up series: one sample a minute, in promtool's notation.
import * as cost from "../../dashboards/queries/cost.ts";
import * as gate from "../../dashboards/queries/gate.ts";
import * as mesh from "../../dashboards/queries/mesh.ts";
import * as rollouts from "../../dashboards/queries/rollouts.ts";
import * as slo from "../../dashboards/queries/slo.ts";

export interface Meaning {
  readonly title: string;
  readonly series: Readonly<Record<string, string>>;
  readonly query: string;
  /** Minutes after the first sample. */
  readonly minute: number;
  /** Values by their labels; none where the query has nothing to say. */
  readonly says: Readonly<Record<string, number>>;
}

const request = (side: string, version: string, code = 200) =>
  `istio_requests_total{reporter="source",destination_service_namespace="default",destination_service_name="echo-${side}",destination_canonical_revision="${version}",response_code="${code}"}`;

const STABLE = { [request("stable", "1.0.0")]: "0+90x60" };
const CANARY = { [request("canary", "1.1.0")]: "0+10x60" };

const weights: readonly Meaning[] = [
  {
    title: "the canary's share is its part of all requests",
    series: { ...STABLE, ...CANARY },
    query: mesh.CANARY_SHARE,
    minute: 30,
    says: { "{}": 0.1 },
  },
  { title: "without a canary its share is 0", series: STABLE, query: mesh.CANARY_SHARE, minute: 30, says: { "{}": 0 } },
  {
    title: "without requests there is no share",
    series: { [request("stable", "1.0.0")]: "5x60" },
    query: mesh.CANARY_SHARE,
    minute: 30,
    says: {},
  },
  {
    title: "a side without errors has none, which is more than no data",
    series: { ...STABLE, ...CANARY, [request("canary", "1.1.0", 503)]: "0+10x60" },
    query: mesh.errorShare("destination_service_name"),
    minute: 30,
    says: { '{destination_service_name="echo-stable"}': 0, '{destination_service_name="echo-canary"}': 0.5 },
  },
];

/** 1.1.0 is promoted after 30 minutes. */
const promotion = {
  [request("stable", "1.0.0")]: "0+90x29 2610x30",
  [request("canary", "1.1.0")]: "_x19 0+10x10 100x30",
  [request("stable", "1.1.0")]: "_x29 0+90x30",
};
const rollback = { ...STABLE, [request("canary", "1.2.0")]: "_x19 0+10x10 100x30" };

const marks: readonly Meaning[] = [
  {
    title: "a version is marked as promoted when stable begins to serve it",
    series: promotion,
    query: mesh.PROMOTED,
    minute: 32,
    says: { '{destination_canonical_revision="1.1.0"}': 1 },
  },
  { title: "and once only", series: promotion, query: mesh.PROMOTED, minute: 45, says: {} },
  { title: "a promoted version is not marked as rolled back", series: promotion, query: mesh.ROLLED_BACK, minute: 36, says: {} },
  {
    title: "a version is marked as rolled back when its requests end and stable does not serve it",
    series: rollback,
    query: mesh.ROLLED_BACK,
    minute: 35,
    says: { '{destination_canonical_revision="1.2.0"}': 1 },
  },
  {
    title: "where all requests end nothing was rolled back",
    series: { [request("stable", "1.0.0")]: "0+90x29 2610x30", [request("canary", "1.2.0")]: "_x19 0+10x10 100x30" },
    query: mesh.ROLLED_BACK,
    minute: 36,
    says: {},
  },
];

const event = (reason: string) => `rollout_events_total{namespace="default",name="echo",type="Normal",reason="${reason}"}`;
const phase = (name: string) => `rollout_info{namespace="default",name="echo",strategy="canary",phase="${name}"}`;

const deploys: readonly Meaning[] = [
  {
    title: "an event whose series begins with it is counted",
    series: { [event("RolloutAborted")]: "_x60 1x60" },
    query: rollouts.eventsInRange("RolloutAborted", "name"),
    minute: 90,
    says: { '{name="echo"}': 1 },
  },
  {
    title: "events before the range are not counted, those in it are",
    series: { [event("RolloutCompleted")]: "7x80 9x40" },
    query: rollouts.eventsInRange("RolloutCompleted"),
    minute: 110,
    says: { "{}": 2 },
  },
  {
    title: "where nothing happened it is 0",
    series: { [event("RolloutCompleted")]: "7x120" },
    query: rollouts.eventsInRange("RolloutCompleted"),
    minute: 110,
    says: { "{}": 0 },
  },
  {
    title: "a rollout that waits for the gate is told by its number",
    series: { [phase("Paused")]: "1x120" },
    query: rollouts.PHASE,
    minute: 90,
    says: { '{namespace="default",name="echo"}': 2 },
  },
  {
    title: "time in a phase is counted in seconds",
    series: { [phase("Progressing")]: "_x59 1x9 stale" },
    query: rollouts.secondsIn("Progressing"),
    minute: 100,
    says: { "{}": 600 },
  },
];

const id = '{sloth_id="echo-availability",sloth_service="echo",sloth_slo="availability"}';
const told = '{sloth_service="echo",sloth_slo="availability"}';
const stated = {
  [`slo:objective:ratio${id}`]: "0.99x60",
  [`slo:error_budget:ratio${id}`]: "0.01x60",
  [`slo:time_period:days${id}`]: "30x60",
};
const spending = (bad: number, left: number) => ({
  ...stated,
  [`slo:sli_error:ratio_rate1h${id}`]: `${bad}x60`,
  [`slo:period_error_budget_remaining:ratio${id}`]: `${left}x60`,
});

const budgets: readonly Meaning[] = [
  {
    title: "twice the allowed share of errors is a burn rate of 2",
    series: spending(0.02, 0.5),
    query: slo.burnRate("1h"),
    minute: 30,
    says: { [told]: 2 },
  },
  {
    title: "half a budget of 30 days is gone in 7.5 days at a burn rate of 2",
    series: spending(0.02, 0.5),
    query: slo.EXHAUSTED_IN,
    minute: 30,
    says: { [told]: 7.5 * 86_400 },
  },
  { title: "a budget that is gone is gone now", series: spending(0.02, -0.4), query: slo.EXHAUSTED_IN, minute: 30, says: { [told]: 0 } },
  { title: "where nothing burns there is no end", series: spending(0, 0.5), query: slo.EXHAUSTED_IN, minute: 30, says: {} },
  { title: "an SLO without data is counted as such", series: stated, query: slo.SILENT_SLOS, minute: 30, says: { "{}": 1 } },
  { title: "an SLO with data is not", series: spending(0, 1), query: slo.SILENT_SLOS, minute: 30, says: { "{}": 0 } },
  { title: "a spent budget is counted", series: spending(0.02, 0), query: slo.EXHAUSTED_SLOS, minute: 30, says: { "{}": 1 } },
  {
    title: "of an SLO that is split the worst part is shown",
    series: {
      ...stated,
      'slo:sli_error:ratio_rate1h{sloth_service="echo",sloth_slo="availability",route="/a"}': "0.01x60",
      'slo:sli_error:ratio_rate1h{sloth_service="echo",sloth_slo="availability",route="/b"}': "0.03x60",
    },
    query: slo.burnRate("1h"),
    minute: 30,
    says: { [told]: 3 },
  },
];

const GIB = 1024 ** 3;
const container = (metric: string, pod: string) =>
  `${metric}{namespace="default",pod="${pod}",container="echo",instance="10.0.0.1",node="n1"}`;
const price = (metric: string) => `${metric}{instance="10.0.0.1",node="n1",instance_type="m7g.large",region="eu-central-1"}`;
const cluster = {
  [price("node_cpu_hourly_cost")]: "0.25x60",
  [price("node_ram_hourly_cost")]: "0.5x60",
  [price("node_total_hourly_cost")]: "4x60",
  // 1 core and 1 GiB each, of two revisions.
  ...Object.fromEntries(
    ["echo-56dcb6d5df-rqhcv", "echo-6655c5cb99-bpzqf"].flatMap((pod) => [
      [container("container_cpu_allocation", pod), "1x60"],
      [container("container_memory_allocation_bytes", pod), `${GIB}x60`],
    ]),
  ),
};

const costs: readonly Meaning[] = [
  {
    title: "a namespace costs its cores and its memory",
    series: cluster,
    query: cost.hourly("namespace"),
    minute: 30,
    says: { '{namespace="default"}': 1.5 },
  },
  {
    title: "a service costs what the pods of all its revisions do",
    series: cluster,
    query: cost.HOURLY_BY_SERVICE,
    minute: 30,
    says: { '{namespace="default",service="echo"}': 1.5 },
  },
  { title: "what no container holds is idle", series: cluster, query: cost.IDLE_SHARE, minute: 30, says: { "{}": 0.625 } },
];

const judged = (metric: string, ...labels: readonly string[]) =>
  `sluice_gate_${metric}{${['namespace="default"', 'service="echo"', 'revision="6c8f"', ...labels].join(",")}}`;
const given = (verdict: string, by: string) => judged("verdict_timestamp_seconds", `verdict="${verdict}"`, `by="${by}"`);
/** Looked at from minute 10 on, rolled back at 20, promoted at the second try at 40. */
const tries = {
  [judged("step")]: "_x10 1x9 stale _x9 1x9 stale",
  [judged("deadline_timestamp_seconds")]: "_x10 1500x9 stale _x9 3000x9 stale",
  [given("rolled back", "availability")]: "_x20 1200 _x60",
  [given("promoted", "evidence")]: "_x40 2400 _x60",
};
const evidence = (good: number) => ({
  [judged("sli_good", 'sli="latency"', 'against="limit"')]: `${good}x60`,
  [judged("good_limit")]: "20x60",
});
const ofLatency = '{sli="latency",against="limit"}';

const gates: readonly Meaning[] = [
  { title: "before a rollout the gate shows nothing", series: tries, query: gate.VERDICT, minute: 5, says: {} },
  { title: "a rollout without a verdict is being judged", series: tries, query: gate.VERDICT, minute: 15, says: { "{}": 0 } },
  { title: "a verdict stays after the rollout's series have ended", series: tries, query: gate.VERDICT, minute: 29, says: { "{}": 2 } },
  { title: "a second try is judged, whatever became of the first", series: tries, query: gate.VERDICT, minute: 35, says: { "{}": 0 } },
  { title: "of two verdicts the later one counts", series: tries, query: gate.VERDICT, minute: 50, says: { "{}": 1 } },
  { title: "the time left is that until the step's deadline", series: tries, query: gate.TIME_LEFT, minute: 15, says: { "{}": 600 } },
  { title: "and none once there is a verdict", series: tries, query: gate.TIME_LEFT, minute: 29, says: { "{}": 0 } },
  {
    title: "every verdict in the range is counted once",
    series: tries,
    query: gate.verdictsInRange(["verdict", "by"]),
    minute: 50,
    says: { '{verdict="rolled back",by="availability"}': 1, '{verdict="promoted",by="evidence"}': 1 },
  },
  {
    title: "evidence of the root of what is needed is half the way",
    series: evidence(Math.sqrt(20)),
    query: gate.GOOD,
    minute: 30,
    says: { [ofLatency]: 0.5 },
  },
  { title: "evidence that is impossible is none", series: evidence(0), query: gate.GOOD, minute: 30, says: { [ofLatency]: 0 } },
  { title: "more evidence than is needed is enough", series: evidence(1e300), query: gate.LEAST_GOOD, minute: 30, says: { "{}": 1 } },
  {
    title: "an SLI's limit stands beside the counts of both sides, also when the rollout has ended",
    series: {
      [judged("requests_total", 'sli="latency"', 'side="canary"')]: "100x20 stale",
      [judged("requests_total", 'sli="latency"', 'side="stable"')]: "900x20 stale",
      [judged("sli_limit_ratio", 'sli="latency"')]: "0.1x20 stale",
    },
    query: gate.LIMIT,
    minute: 40,
    says: { '{revision="6c8f",sli="latency",side="canary"}': 0.1, '{revision="6c8f",sli="latency",side="stable"}': 0.1 },
  },
];

export const meanings: readonly Meaning[] = [...weights, ...marks, ...deploys, ...gates, ...budgets, ...costs];
