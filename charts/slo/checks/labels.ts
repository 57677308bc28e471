import { type Problems, problem } from "./problem.ts";

type Labels = Readonly<Record<string, string>>;

/** Labels that the rules set themselves. */
const RESERVED: readonly string[] = ["alertname", "burn_tier", "service", "severity", "slo", "window"];

/** Labels that are put on rules. */
export function* ruleLabelProblems(path: string, labels: Labels): Problems {
  for (const name of Object.keys(labels)) yield* ownNameProblems(`${path}.${name}`, name);
}

/** Conditions on labels of the counters. Without any, the series of every service would be counted as this one's. */
export function* matcherProblems(path: string, labels: Labels): Problems {
  if (Object.keys(labels).length === 0)
    yield problem(path, labels, "picks the series of every service; give a label, for example {job: echo}");
  for (const [name, value] of Object.entries(labels)) {
    yield* labelNameProblems(`${path}.${name}`, name);
    if (value === "")
      yield problem(`${path}.${name}`, value, "picks the series without this label; give its value, or leave the label out");
  }
}

export function* groupingProblems(path: string, grouping: readonly string[], labels: Labels): Problems {
  for (const [index, name] of grouping.entries()) {
    const at = `${path}[${index}]`;
    yield* ownNameProblems(at, name);
    if (name === "le") yield problem(at, name, "tells the buckets of a histogram apart, not its users; group by another label");
    if (grouping.indexOf(name) < index) yield problem(at, name, "is there twice; write it once");
    if (name in labels) yield problem(at, name, "is one of labels too, which would overwrite it; leave it out there or here");
  }
}

function* ownNameProblems(path: string, name: string): Problems {
  yield* labelNameProblems(path, name);
  if (RESERVED.includes(name) || /^(sloth_|__)/.test(name)) yield problem(path, name, "is set by the rules themselves; use another label");
}

export function* labelNameProblems(path: string, name: string): Problems {
  if (/^[A-Za-z_][A-Za-z0-9_]*$/.test(name)) return;
  const known = name.replace(/[^A-Za-z0-9_]/g, "_");
  const remedy = /^[A-Za-z_]/.test(known) ? `; an attribute of this name is ${known} in Prometheus` : "";
  yield problem(path, name, `is not a label's name: letters, digits and _, first no digit${remedy}`);
}
