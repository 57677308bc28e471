import { type KubernetesObject, namespaceOf } from "../kube/index.ts";
import type { LabelSelector, MonitorSpec } from "./spec.ts";

type Labels = Readonly<Record<string, string>>;

/** Objects of one kind, found by labels without looking at all of them. */
export interface LabelIndex<T> {
  /** The objects in these namespaces (all when undefined) that a selector matches. An empty selector matches everything. */
  select(selector: LabelSelector, namespaces: readonly string[] | undefined): readonly T[];
}

export function indexByLabels<T extends KubernetesObject>(objects: readonly T[]): LabelIndex<T> {
  const byLabel = Map.groupBy(
    objects.flatMap((object) => Object.entries(labelsOf(object)).map(([key, value]) => ({ label: `${key}=${value}`, object }))),
    ({ label }) => label,
  );

  /** All objects that have the rarest of the wanted labels: no others can match. */
  function candidates(matchLabels: Labels): readonly T[] {
    const groups = Object.entries(matchLabels).map(([key, value]) => byLabel.get(`${key}=${value}`) ?? []);
    const [rarest] = groups.sort((a, b) => a.length - b.length);
    return rarest === undefined ? objects : rarest.map(({ object }) => object);
  }

  return {
    select(selector, namespaces) {
      const found = candidates(selector.matchLabels ?? {}).filter((object) => matches(selector, labelsOf(object)));
      return namespaces === undefined ? found : found.filter((object) => namespaces.includes(namespaceOf(object)));
    },
  };
}

/** Whether labels meet a Kubernetes label selector. */
export function matches({ matchLabels = {}, matchExpressions = [] }: LabelSelector, labels: Labels): boolean {
  if (!Object.entries(matchLabels).every(([key, value]) => labels[key] === value)) return false;
  return matchExpressions.every(({ key, operator, values = [] }) => {
    const value = labels[key];
    switch (operator) {
      case "In":
        return value !== undefined && values.includes(value);
      case "NotIn":
        return value === undefined || !values.includes(value);
      case "Exists":
        return value !== undefined;
      case "DoesNotExist":
        return value === undefined;
      default:
        return operator satisfies never;
    }
  });
}

/** The namespaces a monitor looks into: its own unless it says otherwise; undefined for all. */
export function namespacesOf({ namespaceSelector }: MonitorSpec, own: string): readonly string[] | undefined {
  if (namespaceSelector?.any) return undefined;
  return namespaceSelector?.matchNames?.length ? namespaceSelector.matchNames : [own];
}

function labelsOf(object: KubernetesObject): Labels {
  return object.metadata?.labels ?? {};
}
