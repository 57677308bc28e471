import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";

export interface ImageUpdaterArgs {
  readonly chart: ChartSource;
  /** Argo CD's: it uses its credentials of repositories. */
  readonly namespace: string;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Argo CD Image Updater: commits new versions of images to the branches of applications that ask for it. */
export class ImageUpdater extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;

  constructor(name: string, { chart, namespace, values }: ImageUpdaterArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:delivery:ImageUpdater", name, {}, options);
    helmRelease(name, { source: chart, namespace, values: updaterValues(name), overrides: values }, { parent: this });
    const meaning = "New versions of images stay where they are until somebody commits them.";
    this.alerts = [down({ name: "ImageUpdaterDown", severity: "ticket", namespace, deployment: name, meaning })];
    this.registerOutputs({});
  }
}

/** One pod: two would commit the same version twice. */
function updaterValues(name: string): HelmValues {
  return {
    fullnameOverride: name,
    image: { pullPolicy: "IfNotPresent" },
    config: { "git.user": "argocd-image-updater", "git.email": "argocd-image-updater@localhost" },
    resources: resources("20m", "64Mi", "256Mi"),
  };
}
