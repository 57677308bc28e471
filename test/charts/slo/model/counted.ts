import type { Sli } from "../../../../charts/slo/index.ts";
import { SOURCES } from "./sources.ts";

/** Series of one sample a minute, and what an SLI has to count in them over ten minutes. */
export interface Counted {
  readonly title: string;
  readonly sli: Sli;
  readonly by?: readonly string[];
  /** In promtool's notation, by series. */
  readonly series: Readonly<Record<string, string>>;
  readonly bad: Samples;
  readonly total: Samples;
}

/** Values by labels. None: no data. */
export type Samples = Readonly<Record<string, number>>;

/** A counter that rises by so much a minute. */
const rising = (perMinute: number) => `0+${perMinute}x30`;
const IDLE = rising(0);

const ISTIO = 'reporter="source",destination_service_namespace="default"';
const STABLE = `${ISTIO},destination_service_name="echo-stable"`;
const CANARY = `${ISTIO},destination_service_name="echo-canary"`;
const JOB = 'job="echo"';

const durations = (from: keyof typeof SOURCES, thresholdMs: number, native = false): Sli => ({
  type: "latency",
  from: SOURCES[from],
  thresholdMs,
  native,
});

const requests: readonly Counted[] = [
  {
    title: "Istio: stable and canary together, as their callers saw them, and nothing of other reporters, services and namespaces",
    sli: { type: "availability", from: SOURCES.istio },
    series: {
      [`istio_requests_total{${STABLE},response_code="200"}`]: rising(8),
      [`istio_requests_total{${CANARY},response_code="503"}`]: rising(1),
      [`istio_requests_total{${CANARY},response_code="404"}`]: rising(1),
      'istio_requests_total{reporter="destination",destination_service_namespace="default",destination_service_name="echo-stable",response_code="500"}':
        rising(8),
      [`istio_requests_total{${ISTIO},destination_service_name="other",response_code="500"}`]: rising(100),
      'istio_requests_total{reporter="source",destination_service_namespace="test",destination_service_name="echo-stable",response_code="500"}':
        rising(100),
    },
    bad: { "{}": 10 },
    total: { "{}": 100 },
  },
  {
    title: "Istio: an ambient mesh's waypoint",
    sli: { type: "availability", from: { ...SOURCES.istio, services: ["echo"], reporter: "waypoint" } },
    series: {
      'istio_requests_total{reporter="waypoint",destination_service_namespace="default",destination_service_name="echo",response_code="500"}':
        rising(1),
      'istio_requests_total{reporter="source",destination_service_namespace="default",destination_service_name="echo",response_code="500"}':
        rising(1),
    },
    bad: { "{}": 10 },
    total: { "{}": 10 },
  },
  {
    title: "an app's own counter, before it ever failed: none of its requests is bad, which is more than no data",
    sli: { type: "availability", from: SOURCES.app },
    series: { [`http_requests_total{${JOB},code="200"}`]: rising(10) },
    bad: { "{}": 0 },
    total: { "{}": 100 },
  },
  {
    title: "an app without requests: nothing is bad, of nothing",
    sli: { type: "availability", from: SOURCES.app },
    series: { [`http_requests_total{${JOB},code="200"}`]: IDLE, [`http_requests_total{${JOB},code="500"}`]: IDLE },
    bad: { "{}": 0 },
    total: { "{}": 0 },
  },
  {
    title: "an app that is not there: no data at all",
    sli: { type: "availability", from: SOURCES.app },
    series: { 'http_requests_total{job="other",code="500"}': rising(10) },
    bad: {},
    total: {},
  },
  {
    title: "by route: a route without failures has a count of them as well",
    sli: { type: "availability", from: SOURCES.app },
    by: ["route"],
    series: {
      [`http_requests_total{${JOB},route="/a",code="200"}`]: rising(9),
      [`http_requests_total{${JOB},route="/a",code="500"}`]: rising(1),
      [`http_requests_total{${JOB},route="/b",code="200"}`]: rising(5),
    },
    bad: { '{route="/a"}': 10, '{route="/b"}': 0 },
    total: { '{route="/a"}': 100, '{route="/b"}': 50 },
  },
  {
    title: "OpenTelemetry: the histogram's count is the counter of requests",
    sli: { type: "availability", from: SOURCES.otel },
    series: {
      'http_server_request_duration_seconds_count{job="default/echo",http_response_status_code="200"}': rising(9),
      'http_server_request_duration_seconds_count{job="default/echo",http_response_status_code="502"}': rising(1),
    },
    bad: { "{}": 10 },
    total: { "{}": 100 },
  },
  {
    title: "Kong",
    sli: { type: "availability", from: SOURCES.kong },
    series: {
      'kong_http_requests_total{exported_service="echo",code="200"}': rising(9),
      'kong_http_requests_total{exported_service="echo",code="500"}': rising(1),
      'kong_http_requests_total{exported_service="other",code="500"}': rising(1),
    },
    bad: { "{}": 10 },
    total: { "{}": 100 },
  },
];

/** [source, threshold, metric, labels, how the threshold's bucket is written] */
const buckets = [
  ["istio", 500, "istio_request_duration_milliseconds", STABLE, "500"],
  ["istio", 500, "istio_request_duration_milliseconds", STABLE, "500.0"],
  ["istio", 0.5, "istio_request_duration_milliseconds", STABLE, "0.5"],
  ["istio", 1_800_000, "istio_request_duration_milliseconds", STABLE, "1800000"],
  ["istio", 1_800_000, "istio_request_duration_milliseconds", STABLE, "1.8e+06"],
  ["app", 300, "http_request_duration_seconds", JOB, "0.3"],
  ["app", 1_000, "http_request_duration_seconds", JOB, "1"],
  ["app", 1_000, "http_request_duration_seconds", JOB, "1.0"],
  ["otel", 5_000, "http_server_request_duration_seconds", 'job="default/echo"', "5"],
  ["otel", 5_000, "http_server_request_duration_seconds", 'job="default/echo"', "5.0"],
  ["kong", 400, "kong_request_latency_ms", 'exported_service="echo"', "400"],
  ["kong", 400, "kong_request_latency_ms", 'exported_service="echo"', "400.0"],
] as const;

const classic: readonly Counted[] = buckets.map(([source, thresholdMs, metric, labels, le]) => ({
  title: `${source}: ${thresholdMs} ms where the bucket is le="${le}"`,
  sli: durations(source, thresholdMs),
  series: {
    [`${metric}_count{${labels}}`]: rising(10),
    [`${metric}_bucket{${labels},le="${le}"}`]: rising(7),
    [`${metric}_bucket{${labels},le="0.0001"}`]: rising(2),
    [`${metric}_bucket{${labels},le="5000${le}"}`]: rising(9),
    [`${metric}_bucket{${labels},le="+Inf"}`]: rising(10),
  },
  bad: { "{}": 30 },
  total: { "{}": 100 },
}));

const HISTOGRAM = "http_request_duration_seconds";
/** Three of 0.25 to 0.5 s and one of 0.5 to 1 s a minute: buckets of schema 0 end at powers of two. */
const NATIVE = "{{schema:0 offset:-1 buckets:[3 1] count:4 sum:2}}";
const NATIVE_NOTHING = "{{schema:0 count:0 sum:0}}";

const others: readonly Counted[] = [
  {
    title: "a histogram without the threshold's bucket: what is slow is not known, which is neither nothing nor everything",
    sli: durations("app", 300),
    series: { [`${HISTOGRAM}_count{${JOB}}`]: rising(10), [`${HISTOGRAM}_bucket{${JOB},le="+Inf"}`]: rising(10) },
    bad: {},
    total: { "{}": 100 },
  },
  {
    title: "a native histogram, by route",
    sli: durations("app", 500, true),
    by: ["route"],
    series: {
      [`${HISTOGRAM}{${JOB},route="/a"}`]: `${NATIVE}+${NATIVE}x30`,
      [`${HISTOGRAM}{${JOB},route="/b"}`]: `${NATIVE}+${NATIVE_NOTHING}x30`,
    },
    bad: { '{route="/a"}': 10, '{route="/b"}': 0 },
    total: { '{route="/a"}': 40, '{route="/b"}': 0 },
  },
  {
    title: "counters of bad and all events",
    sli: { type: "counters", bad: 'jobs_failed_total{queue="mail"}', total: 'jobs_total{queue="mail"}' },
    series: {
      'jobs_failed_total{queue="mail"}': rising(2),
      'jobs_total{queue="mail"}': rising(10),
      'jobs_total{queue="print"}': rising(10),
    },
    bad: { "{}": 20 },
    total: { "{}": 100 },
  },
  {
    title: "counters of good and all events, grouped, of which one group never had a good one",
    sli: { type: "counters", good: "jobs_done_total", total: "jobs_total" },
    by: ["queue"],
    series: {
      'jobs_done_total{queue="mail"}': rising(8),
      'jobs_total{queue="mail"}': rising(10),
      'jobs_total{queue="print"}': rising(10),
    },
    bad: { '{queue="mail"}': 20, '{queue="print"}': 100 },
    total: { '{queue="mail"}': 100, '{queue="print"}': 100 },
  },
];

export const counted: readonly Counted[] = [...requests, ...classic, ...others];
