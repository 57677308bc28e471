import type { PrometheusMembership } from "../../charts/mesh/index.ts";
import type { Notifications } from "../../charts/observability/index.ts";
import type { SecretKey } from "../../charts/slo/rules/index.ts";
import type { ChartSource, HelmValues } from "../helm.ts";
import { type ArgProblem, refuse } from "../refuse.ts";

export interface ObservabilityArgs {
  readonly charts: Readonly<Record<"kube-prometheus-stack" | "loki" | "tempo" | "opentelemetry-collector", ChartSource>>;
  /** It must allow pods that read their node's files (Pod Security level privileged): the agent and the node exporter do. */
  readonly namespace: string;
  /** Name of the cluster, on every alert and on what is sent elsewhere. */
  readonly cluster: string;
  /** Copies of Alertmanager and of the collector's gateway. Of Prometheus at most two: both judge the rules, and boards and gates read the first. */
  readonly replicas: number;
  /** Whole days, at least 1. */
  readonly retention: { readonly metricsDays: number; readonly logsDays: number; readonly tracesDays: number };
  /** Room for metrics, for logs and for traces, each, in GiB. Metrics go, oldest first, before it is full. */
  readonly storageGibibytes: number;
  /** Time between two scrapes, 5 to 60. A gate sees no more often than this. @default 15 */
  readonly scrapeSeconds?: number;
  /** Whether kubelets show a certificate that the cluster's authority signed. kind's sign their own. @default true */
  readonly kubeletsCertified?: boolean;
  /** What makes Prometheus a member of a mesh, as the mesh says it. Left out, it cannot scrape what lets in members only. */
  readonly membership?: PrometheusMembership | undefined;
  readonly notifications: Notifications;
  readonly grafana?: GrafanaArgs | undefined;
  /** Sends a copy of metrics, logs and traces to Datadog. */
  readonly datadog?: DatadogArgs | undefined;
  /** Laid over our values of each chart. */
  readonly values?: Partial<Readonly<Record<"stack" | "logs" | "traces" | "agent" | "gateway", HelmValues>>>;
}

export interface GrafanaArgs {
  /** Where people reach it, for links. */
  readonly url?: string | undefined;
  /** A Kubernetes secret with the keys admin-user and admin-password. @default one with a random password, made here */
  readonly adminSecret?: string | undefined;
}

export interface DatadogArgs {
  /** "datadoghq.eu" */
  readonly site: string;
  readonly apiKey: SecretKey;
}

/** The Prometheus stack's chart cuts longer names. */
const LONGEST_NAME = 26;

/** @throws pulumi.InputPropertiesError with everything that is wrong */
export function assertArgs(name: string, { replicas, retention, storageGibibytes, scrapeSeconds = 15 }: ObservabilityArgs): void {
  refuse(`observability "${name}"`, [
    name.length > LONGEST_NAME && {
      propertyPath: "name",
      reason: `"${name}" is longer than ${LONGEST_NAME} characters; take a shorter one`,
    },
    wrong("replicas", replicas, 1),
    ...Object.entries(retention).map(([key, days]) => wrong(`retention.${key}`, days, 1)),
    wrong("storageGibibytes", storageGibibytes, 1),
    wrong("scrapeSeconds", scrapeSeconds, 5, 60),
  ]);
}

function wrong(propertyPath: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): ArgProblem | false {
  if (Number.isInteger(value) && value >= least && value <= most) return false;
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return { propertyPath, reason: `${value} is not a whole number ${range}` };
}
