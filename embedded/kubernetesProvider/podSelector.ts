// Which pods belong to an object.
import { type Json, type JsonObject, objectAt, objectsAt, textAt } from "./json.ts";
import { kindOf } from "./objects.ts";

/** Kinds whose pods tell why they are not ready. A Service's selector is plain labels, the others' have expressions too. */
const WITH_SELECTOR: ReadonlySet<string> = new Set([
  "apps/Deployment",
  "apps/StatefulSet",
  "apps/DaemonSet",
  "batch/Job",
  "argoproj.io/Rollout",
]);

/** The label selector of an object's pods as the API server takes it in a query, or undefined for kinds without pods. */
export function podSelector(object: JsonObject): string | undefined {
  const selector = selectorOf(object);
  const labels = Object.entries(objectAt(selector, "matchLabels")).map(([key, value]) => `${key}=${String(value)}`);
  const expressions = objectsAt(selector, "matchExpressions").map((expression) => {
    const key = textAt(expression, "key");
    const values = `(${(Array.isArray(expression.values) ? expression.values : []).join(",")})`;
    const written: Record<string, string> = {
      In: `${key} in ${values}`,
      NotIn: `${key} notin ${values}`,
      Exists: key,
      DoesNotExist: `!${key}`,
    };
    return written[textAt(expression, "operator")] ?? key;
  });
  const all = [...labels, ...expressions].join(",");
  return all === "" ? undefined : all;
}

function selectorOf(object: JsonObject): Json {
  const { group, kind } = kindOf(object);
  const selector = objectAt(object, "spec", "selector");
  if (group === "" && kind === "Service") return { matchLabels: selector };
  return WITH_SELECTOR.has(`${group}/${kind}`) ? selector : {};
}
