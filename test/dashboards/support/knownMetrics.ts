import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Slo } from "../../../charts/slo/index.ts";
import { type RuleGroup, sloRules } from "../../../charts/slo/rules/index.ts";

const folder = join(import.meta.dirname, "..", "metrics");

/** Metrics with their labels, as files under metrics/ list them: `name: label label`, one a line, the source in the first line. */
export function listed(file: string): ReadonlyMap<string, ReadonlySet<string>> {
  const lines = readFileSync(join(folder, file), "utf8").trim().split("\n").slice(1);
  return new Map(
    lines.map((line) => {
      const [, name = line, labels = ""] = /^(.*): (.*)$/.exec(line) ?? [];
      return [name, new Set(labels.split(" "))];
    }),
  );
}

export const lists: readonly string[] = readdirSync(folder);

/** The list that a running platform made; the others are kept by hand, each from the source that its first line names. */
export const MEASURED = "embedded.txt";

const slo: Slo = {
  name: "availability",
  service: "echo",
  objective: 99.5,
  window: { days: 30 },
  sli: { type: "counters", bad: "bad_total", total: "all_total" },
};

/** The records of SLOs, in both forms: taken from the rules themselves. */
export const records: ReadonlyMap<string, ReadonlySet<string>> = new Map(
  [...sloRules([slo]), ...sloRules([slo], { form: "sloth" })].flatMap(recordsOf),
);

function recordsOf({ rules }: RuleGroup) {
  return rules.flatMap((rule) => ("record" in rule ? [[rule.record, new Set(Object.keys(rule.labels))] as const] : []));
}

/** Every metric there is, on the embedded platform or on a cluster. */
export const known: ReadonlyMap<string, ReadonlySet<string>> = new Map([...lists.flatMap((file) => [...listed(file)]), ...records]);
