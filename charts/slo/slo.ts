/** What a service promises, as plain data: the one statement that rules, alerts, the gate, the analysis and the boards are made from. */
export interface Slo {
  /** Unique within its service: lower-case letters, digits and dashes. */
  readonly name: string;
  /** The service it is about, by the name it has in the stack. */
  readonly service: string;
  /** Percent of events (or of time slices) that have to be good: at least 1, below 100. */
  readonly objective: number;
  readonly window: SloWindow;
  readonly sli: Sli;
  /** Count good slices of time instead of good events. @default events */
  readonly slices?: TimeSlices;
  /** @default alerts of every window pair, budget and absence, without routes of their own */
  readonly alerting?: Alerting;
  /** Labels of the counters that split the objective: each value has a budget and alerts of its own. @default none */
  readonly grouping?: readonly string[];
  /** An alert needs this many events in its long window, so that one failure of three does not page. @default 0: every event counts */
  readonly minEvents?: number;
  /** On every rule made from it. */
  readonly labels?: Readonly<Record<string, string>>;
  readonly description?: string;
}

/** What the budget is counted over: the last so many days, at any time, or the present month, which begins with a full budget (in UTC). */
export type SloWindow = { readonly days: number } | { readonly calendar: "month" };

export interface TimeSlices {
  /** Length of a slice, of which a whole number make a day. */
  readonly seconds: number;
  /** Percent of a slice's events that have to be good for the slice to be good: at least 1, below 100. */
  readonly objective: number;
}

/** Where bad and all events are counted. */
export type Sli = AvailabilitySli | LatencySli | CounterSli;

/** Bad: answers with 5xx. */
export interface AvailabilitySli {
  readonly type: "availability";
  readonly from: MetricSource;
}

/** Bad: requests slower than the threshold. */
export interface LatencySli {
  readonly type: "latency";
  readonly from: MetricSource;
  /** Has to be a bucket of the histogram, unless that is a native one. */
  readonly thresholdMs: number;
  /** Whether the histogram is a native one. @default false */
  readonly native?: boolean;
  /** Upper bounds of the histogram's buckets. @default those the source has by itself; an app's own are not known, and nothing is checked */
  readonly bucketsMs?: readonly number[];
}

/** Any pair of counters: PromQL instant selectors such as `jobs_failed_total{queue="mail"}`. One of bad and good. */
export type CounterSli = { readonly type: "counters"; readonly total: string } & ({ readonly bad: string } | { readonly good: string });

/** Whose metrics they are. */
export type MetricSource = IstioSource | HttpSource;

export interface IstioSource {
  readonly kind: "istio";
  readonly namespace: string;
  /** Destination Services, such as echo-stable and echo-canary: what users of the service see is all of them together. */
  readonly services: readonly string[];
  /**
   * Which proxy counts: the caller's ("source", sees refused connections and time-outs too), the service's own ("destination"), or an
   * ambient mesh's ("waypoint"). One has to be chosen, or each request counts twice.
   */
  readonly reporter: "source" | "destination" | "waypoint";
}

/**
 * The app's own `http_requests_total{code}` and `http_request_duration_seconds`; OpenTelemetry's `http_server_request_duration_seconds`
 * with `http_response_status_code`; Kong's Prometheus plugin, `kong_http_requests_total` and `kong_request_latency_ms`.
 */
export interface HttpSource {
  readonly kind: "app" | "otel" | "kong";
  /** Equality matchers that pick the service's series: {job: "echo"}. */
  readonly labels: Readonly<Record<string, string>>;
}

export interface Alerting {
  /** @default true */
  readonly page?: boolean;
  /** @default true */
  readonly ticket?: boolean;
  /** Alert when the SLI has no data. Only for services that always have requests. @default false */
  readonly absent?: boolean;
  /** Where a page leads the person who is woken. */
  readonly runbook?: string;
  readonly dashboard?: string;
  readonly labels?: Readonly<Record<string, string>>;
  readonly annotations?: Readonly<Record<string, string>>;
}
