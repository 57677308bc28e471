import * as pulumi from "@pulumi/pulumi";
import type { Notifications } from "../../charts/observability/index.ts";
import type { SecretKey } from "../../charts/slo/rules/index.ts";
import type { ChartSource, HelmValues } from "../helm.ts";

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
  const days = Object.entries(retention).map(([key, value]) => whole(`retention.${key}`, value, 1));
  const problems = [
    ...(name.length > LONGEST_NAME ? [problem("name", `"${name}" is longer than ${LONGEST_NAME} characters; take a shorter one`)] : []),
    ...[whole("replicas", replicas, 1), ...days, whole("storageGibibytes", storageGibibytes, 1)].flat(),
    ...whole("scrapeSeconds", scrapeSeconds, 5, 60),
  ];
  if (problems.length > 0) throw new pulumi.InputPropertiesError({ message: `observability "${name}"`, errors: problems });
}

function whole(path: string, value: number, least: number, most = Number.MAX_SAFE_INTEGER): readonly pulumi.InputPropertyErrorDetails[] {
  if (Number.isInteger(value) && value >= least && value <= most) return [];
  const range = most === Number.MAX_SAFE_INTEGER ? `of at least ${least}` : `from ${least} to ${most}`;
  return [problem(path, `${value} is not a whole number ${range}`)];
}

function problem(propertyPath: string, reason: string): pulumi.InputPropertyErrorDetails {
  return { propertyPath, reason };
}
