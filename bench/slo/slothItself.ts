// What Sloth's own command writes for our SLOs.
import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { parse, stringify } from "yaml";
import { z } from "zod";
import { countersOf } from "../../charts/slo/index.ts";
import type { RuleGroup } from "../../charts/slo/rules/index.ts";
import type { Slo } from "../../charts/slo/slo.ts";

const labels = z.record(z.string(), z.string()).default({});
const written = z.object({
  groups: z.array(
    z.object({
      name: z.string(),
      rules: z.array(
        z.union([
          z.object({ record: z.string(), expr: z.string(), labels }),
          z.object({ alert: z.string(), expr: z.string(), labels, annotations: labels }),
        ]),
      ),
    }),
  ),
});

/**
 * The groups that `sloth generate` makes of SLOs with the queries that our own Sloth form has.
 * @param sloth the program
 * @param folder where it reads and writes, in a folder of its own
 */
export async function groupsBySloth(sloth: string, folder: string, slos: readonly Slo[]): Promise<readonly RuleGroup[]> {
  const place = await mkdtemp(join(folder, "sloth-"));
  const [specs, rules] = [join(place, "specs"), join(place, "rules")];
  await Promise.all([mkdir(specs), mkdir(rules)]);
  for (const [service, ofService] of Map.groupBy(slos, ({ service }) => service))
    await writeFile(join(specs, `${service}.yaml`), stringify({ version: "prometheus/v1", service, slos: ofService.map(specOf) }));
  await promisify(execFile)(sloth, ["generate", "--input", specs, "--out", rules]);
  const texts = await Promise.all((await readdir(rules)).sort().map((file) => readFile(join(rules, file), "utf8")));
  return texts.flatMap((text) => written.parse(parse(text)).groups);
}

function specOf({ name, objective, sli }: Slo) {
  const { bad, total } = countersOf(sli);
  const window = "{{.window}}";
  return {
    name,
    objective,
    sli: { events: { error_query: bad(window, []), total_query: total(window, []) } },
    alerting: { name: "SloBurnRate", page_alert: { labels: { severity: "page" } }, ticket_alert: { labels: { severity: "ticket" } } },
  };
}
