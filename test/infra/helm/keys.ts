// Which values a chart has: what its own values file says, without the defaults.
import { readFileSync } from "node:fs";
import { join } from "node:path";

/** Keys below keys. `1`: a single value or a list. `"*"`: a mapping that takes any key. */
export type KeyTree = 1 | "*" | { readonly [key: string]: KeyTree };

export interface ChartKeys {
  readonly version: string;
  readonly keys: KeyTree;
  /** Names of keys that stand in the file as comments: there, but without a default. */
  readonly commented: readonly string[];
}

/**
 * What takes any key, or is read, although the values file gives it a few keys or none: the configuration of the program that is installed, a profile of
 * Istio's, Kong's environment and annotations.
 */
const OPEN: Readonly<Record<string, readonly (readonly string[])[]>> = {
  "argo-cd": [["configs", "cm"]],
  "kube-prometheus-stack": [["grafana", "grafana.ini"]],
  loki: [["loki", "limits_config"]],
  base: [["profile"]],
  istiod: [["profile"], ["meshConfig"]],
  cni: [["profile"]],
  ztunnel: [["profile"]],
  ingress: [
    ["gateway", "env"],
    ["gateway", "podAnnotations"],
  ],
};

/** The keys of a chart, as `writeKeys.ts` has written them down. */
export function keysOf(chart: string): ChartKeys {
  const written: ChartKeys = JSON.parse(readFileSync(join(import.meta.dirname, "charts", `${chart}.json`), "utf8"));
  return { ...written, keys: (OPEN[chart] ?? []).reduce(opened, written.keys) };
}

function opened(tree: KeyTree, [key, ...below]: readonly string[]): KeyTree {
  if (key === undefined) return "*";
  const known = typeof tree === "object" ? tree : {};
  return { ...known, [key]: opened(known[key] ?? {}, below) };
}

/** Paths in `values` that the chart does not know, as a list of keys each: some keys have dots in them. */
export function unknownPaths(values: unknown, { keys, commented }: ChartKeys): readonly (readonly string[])[] {
  return unknownBelow(values, keys, new Set(commented));
}

/** Below these is what Kubernetes defines, and not the chart: whatever defaults a chart has there, other fields may be set as well. */
const OF_KUBERNETES = /^(?:pod|container)?(?:securityContext|SecurityContext)$|^(?:resources|affinity|nodeSelector)$/;

function unknownBelow(value: unknown, known: KeyTree, commented: ReadonlySet<string>): readonly (readonly string[])[] {
  if (known === "*" || !isMapping(value)) return [];
  // A mapping where the chart has a single value.
  if (known === 1) return Object.keys(value).length === 0 ? [] : [[]];
  return Object.entries(value).flatMap(([key, child]) => {
    const below = OF_KUBERNETES.test(key) ? "*" : known[key];
    if (below === undefined) return commented.has(key) ? [] : [[key]];
    return unknownBelow(child, below, commented).map((path) => [key, ...path]);
  });
}

export function isMapping(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
