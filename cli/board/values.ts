import { CommandError } from "../errors.ts";
import { expand, type Values } from "./expand.ts";
import type { Variable } from "./model.ts";
import type { Prometheus, TimeRange } from "./prometheus.ts";

/**
 * A value for each of a board's variables: the one that is asked for, or else the one Grafana would begin with.
 * @param chosen by the variables' names
 * @throws CommandError where Prometheus has no value for a variable, or for a variable that the board does not have
 */
export async function valuesOf(variables: readonly Variable[], chosen: Values, prometheus: Prometheus, time: TimeRange): Promise<Values> {
  const names = variables.map(({ name }) => name);
  const unknown = Object.keys(chosen).find((name) => !names.includes(name));
  if (unknown !== undefined) throw new CommandError(`the board has no variable "${unknown}"; it has ${names.join(", ")}`);
  const values: Record<string, string> = {};
  // One after the other: the services are those of the namespace that was found before.
  for (const variable of variables) values[variable.name] = chosen[variable.name] ?? (await firstValue(variable, values, prometheus, time));
  return values;
}

async function firstValue(variable: Variable, values: Values, prometheus: Prometheus, time: TimeRange): Promise<string> {
  const { type, name, query, regex, includeAll, allValue = ".*", current } = variable;
  if (type === "datasource") return prometheus.url;
  if (includeAll) return allValue;
  if (typeof current?.value === "string") return current.value;
  const { label, selector } = labelValues(expand(query, values));
  const found = await prometheus.labelValues(label, time, selector);
  const value = found.find((candidate) => regex === undefined || new RegExp(regex.replace(/^\/|\/$/g, "")).test(candidate));
  if (value === undefined)
    throw new CommandError(`Prometheus has no value for $${name} in that time: ${query}\nto choose one: --var ${name}=VALUE`);
  return value;
}

/** Takes label_values(selector, label) apart. */
function labelValues(query: string): { readonly label: string; readonly selector: string | undefined } {
  const [, selector, label = query] = /^label_values\((?:(.*), )?(\w+)\)$/s.exec(query) ?? [];
  return { label, selector };
}
