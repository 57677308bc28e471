import { randomBytes } from "node:crypto";
import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { GateInputs } from "@sluice/gate";
import type { Alert } from "../../charts/alerts/index.ts";
import { helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { type Addresses, addressesOf, prometheusReplicasOf } from "./addresses.ts";
import { agentValues } from "./agent.ts";
import { observabilityAlerts } from "./alerts.ts";
import { assertArgs, type ObservabilityArgs } from "./args.ts";
import { gatewayValues } from "./gateway.ts";
import { grafanaValues } from "./grafana.ts";
import { stackValues } from "./stack.ts";
import { logsValues, tracesValues } from "./stores.ts";

export { type Addresses, addressesOf, prometheusReplicasOf } from "./addresses.ts";
export type { DatadogArgs, GrafanaArgs, ObservabilityArgs } from "./args.ts";
export { Watch, type WatchArgs } from "./watch.ts";

/**
 * Metrics, logs and traces, in one place and linked: Prometheus with Alertmanager and Grafana, Loki, Tempo, and OpenTelemetry Collectors that bring
 * everything there. The kinds PrometheusRule and ServiceMonitor come with it, so parts that make such objects depend on it.
 */
export class Observability extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = ["platform", "slo", "service"] as const;
  /** Where a gate reads counters and tells its verdicts: always the same copy of Prometheus. */
  readonly prometheus: GateInputs["prometheus"];
  /** Where others in the cluster reach what is here. */
  readonly addresses: Addresses;
  /** Name of the secret with the keys admin-user and admin-password. */
  readonly grafanaAdminSecret: pulumi.Output<string>;

  constructor(name: string, args: ObservabilityArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:observability:Observability", name, {}, options);
    assertArgs(name, args);
    this.addresses = addressesOf(name, args.namespace, prometheusReplicasOf(args.replicas));
    this.grafanaAdminSecret = pulumi.output(args.grafana?.adminSecret ?? createAdminSecret(`${name}-grafana-admin`, args.namespace, this));

    const built: Built = { name, args, addresses: this.addresses, options: { parent: this } };
    const stack = createStack(built, this.grafanaAdminSecret);
    const afterStack: Built = { ...built, options: { parent: this, dependsOn: [stack] } };
    createLogs(afterStack);
    createTraces(afterStack);
    createGateway(afterStack);
    createAgent(afterStack);

    this.prometheus = { service: this.addresses.prometheusService };
    this.alerts = observabilityAlerts(name, args.namespace);
    this.registerOutputs({ addresses: this.addresses, grafanaAdminSecret: this.grafanaAdminSecret });
  }
}

/** What every part is made of. */
interface Built {
  readonly name: string;
  readonly args: ObservabilityArgs;
  readonly addresses: Addresses;
  readonly options: pulumi.CustomResourceOptions;
}

function createStack({ name, args, addresses, options }: Built, adminSecret: pulumi.Output<string>): k8s.helm.v3.Release {
  const { charts, namespace, grafana, values } = args;
  const own = stackValues(name, args, grafanaValues({ namespace, url: grafana?.url, adminSecret, addresses }));
  return helmRelease(name, { source: charts["kube-prometheus-stack"], namespace, values: own, overrides: values?.stack }, options);
}

function createLogs({ name, args, options }: Built): void {
  const { charts, namespace, retention, storageGibibytes, values } = args;
  const own = logsValues({ name: `${name}-logs`, retentionDays: retention.logsDays, storageGibibytes });
  helmRelease(`${name}-logs`, { source: charts.loki, namespace, values: own, overrides: values?.logs }, options);
}

function createTraces({ name, args, options }: Built): void {
  const { charts, namespace, retention, storageGibibytes, values } = args;
  const own = tracesValues({ name: `${name}-traces`, retentionDays: retention.tracesDays, storageGibibytes });
  helmRelease(`${name}-traces`, { source: charts.tempo, namespace, values: own, overrides: values?.traces }, options);
}

function createGateway({ name, args, addresses, options }: Built): void {
  const { charts, namespace, replicas, cluster, datadog, values } = args;
  const own = gatewayValues({ name: `${name}-collector`, replicas, cluster, addresses, datadog });
  const source = charts["opentelemetry-collector"];
  helmRelease(`${name}-collector`, { source, namespace, values: own, overrides: values?.gateway }, options);
}

function createAgent({ name, args, addresses, options }: Built): void {
  const { charts, namespace, kubeletsCertified = true, values } = args;
  const own = agentValues({ name, addresses, kubeletsCertified });
  helmRelease(`${name}-agent`, { source: charts["opentelemetry-collector"], namespace, values: own, overrides: values?.agent }, options);
}

/** Made once: every run of the program draws another password, and only the first is ever used. */
function createAdminSecret(name: string, namespace: string, parent: pulumi.Resource): pulumi.Output<string> {
  const stringData = { "admin-user": "admin", "admin-password": pulumi.secret(randomBytes(24).toString("base64url")) };
  const options = { parent, ignoreChanges: ["stringData"] };
  return new k8s.core.v1.Secret(name, { metadata: { name, namespace }, stringData }, options).metadata.name;
}
