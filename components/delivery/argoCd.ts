import * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../charts/alerts/index.ts";
import type { SecretKey } from "../../charts/slo/rules/index.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { argoCdAlerts } from "./argoCdAlerts.ts";
import { argoCdValues } from "./argoCdValues.ts";

export interface ArgoCdArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  /** Copies of what people and repositories speak with. The controller is one: it works alone, and so does its cache. */
  readonly replicas: number;
  /** The name people reach it under, by https: "argocd.example.com". */
  readonly host: string;
  /** Left out, only the local administrator can log in. */
  readonly sso?: SsoArgs | undefined;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Who may log in, by OpenID Connect. With it there is no local administrator any more. */
export interface SsoArgs {
  /** "https://login.example.com" */
  readonly issuer: string;
  readonly clientId: string;
  /** A secret in Argo CD's namespace, with the label app.kubernetes.io/part-of: argocd. */
  readonly clientSecret: SecretKey;
  /** Groups that may do everything. */
  readonly admins: readonly string[];
  /** Groups that may look. Whoever is in no group sees nothing. */
  readonly readers: readonly string[];
}

/** Argo CD: keeps in the cluster what a repository says. For services that are not in the stack: see docs/decisions/delivery.md. */
export class ArgoCd extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;

  constructor(name: string, args: ArgoCdArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:delivery:ArgoCd", name, {}, options);
    const { chart, namespace, values } = args;
    helmRelease(name, { source: chart, namespace, values: argoCdValues(name, args), overrides: values }, { parent: this });
    this.alerts = argoCdAlerts(name, namespace);
    this.registerOutputs({});
  }
}
