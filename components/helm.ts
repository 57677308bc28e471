import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

/** Where a Helm chart comes from, exactly. infra/versions.json holds them all. */
export interface ChartSource {
  readonly repository: string;
  readonly chart: string;
  readonly version: string;
}

/** Values of a chart, as Helm takes them. Keys are literal: some charts have dots in theirs. */
export type HelmValues = { readonly [key: string]: unknown };

export interface HelmChartArgs {
  readonly source: ChartSource;
  readonly namespace: pulumi.Input<string>;
  readonly values: HelmValues;
  /** The way out: laid over `values` key by key; a list replaces a list. */
  readonly overrides?: HelmValues | undefined;
  /** Longest time for the chart's workloads to become ready, in seconds. @default 600 */
  readonly timeoutSeconds?: number;
}

/**
 * A vendor's chart, installed as Helm does it: with its hooks, which Argo CD and the Prometheus stack cannot do without, waited for, and rolled
 * back when it fails. See docs/decisions/helm.md.
 */
export function helmRelease(name: string, args: HelmChartArgs, options: pulumi.CustomResourceOptions): k8s.helm.v3.Release {
  const { source, namespace, values, overrides = {}, timeoutSeconds = 600 } = args;
  const { repository, chart, version } = source;
  const from = repository.startsWith("oci://") ? { chart: `${repository}/${chart}` } : { chart, repositoryOpts: { repo: repository } };
  // Without a name of its own a release gets a random ending, and its objects with it.
  const release = { ...from, version, name, namespace, values: overlaid(values, overrides), timeout: timeoutSeconds };
  return new k8s.helm.v3.Release(name, { ...release, atomic: true, maxHistory: 5 }, options);
}

/** `over` laid over `base`: mappings key by key, all else replaced. */
export function overlaid(base: HelmValues, over: HelmValues): HelmValues {
  const keys = new Set([...Object.keys(base), ...Object.keys(over)]);
  return Object.fromEntries([...keys].map((key) => [key, key in over ? overlaidValue(base[key], over[key]) : base[key]]));
}

function overlaidValue(base: unknown, over: unknown): unknown {
  return isPlain(base) && isPlain(over) ? overlaid(base, over) : over;
}

/** A mapping written down, not an output or another object with a life of its own. */
function isPlain(value: unknown): value is HelmValues {
  return typeof value === "object" && value !== null && Object.getPrototypeOf(value) === Object.prototype;
}
