// Our Sloth form beside what Sloth's own command writes for the same SLO, evaluated by Prometheus over the same series.
import assert from "node:assert/strict";
import { test } from "node:test";
import { groupsBySloth } from "../../../../bench/slo/slothItself.ts";
import { type RuleGroup, sloRules } from "../../../../charts/slo/rules/index.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";
import { ensureTool } from "../../../../embedded/toolchain/index.ts";
import { temporaryFolder } from "../../../support/folder.ts";
import { evaluates } from "./promtool.ts";
import { counter, jobs } from "./traffic.ts";

const HOUR = 3600;
const sloths: Slo = { ...jobs, service: "jobs-sloth" };

test("both forms have the same records, groups and evaluations", async (t) => {
  const ours = sloRules([jobs], { form: "sloth" });
  const theirs = await groupsBySloth(await ensureTool("sloth"), await temporaryFolder(t), [sloths]);
  assert.deepEqual(namesOf(ours, "jobs"), namesOf(theirs, "jobs-sloth"));

  // Half an hour of bad jobs, in which both of them page.
  const failed = counter({ samples: 60, rise: 0 }, { samples: 30, rise: 3 }, { samples: 210, rise: 0 });
  const times = [0.5 * HOUR, 1.25 * HOUR, 2 * HOUR, 5 * HOUR];
  const records = [...new Set(ours.flatMap(({ rules }) => rules.flatMap((rule) => ("record" in rule ? [rule.record] : []))))];
  // What the information says of Sloth itself differs.
  const compared = records.filter((record) => record !== "sloth_slo_info");
  await evaluates(t, {
    groups: [...ours, ...theirs],
    interval: 60,
    scrape: 60,
    series: { jobs: counter({ samples: 300, rise: 10 }), failed },
    expect: times.flatMap((at) => [
      ...compared.map((record) => ({ at, expr: differenceOf(record), value: 0 })),
      ...["page", "ticket"].map((severity) => ({
        at,
        expr: differenceOf("ALERTS", `sloth_severity="${severity}"`, " or vector(0)"),
        value: 0,
      })),
      { at, expr: 'ALERTS{sloth_service="jobs-sloth",sloth_severity="page"}', value: at === 1.25 * HOUR ? 1 : undefined },
    ]),
  });
});

/** Of each group and rule what it is called, without the service's name. */
function namesOf(groups: readonly RuleGroup[], service: string): readonly string[] {
  const names = groups.flatMap(({ name, rules }) => [
    name.replace(`-${service}-`, "-"),
    ...rules.map((rule) =>
      "record" in rule ? `${rule.record} ${rule.labels.sloth_window ?? ""}` : `${rule.alert} ${rule.labels.sloth_severity}`,
    ),
  ]);
  return names.sort();
}

function differenceOf(record: string, matcher = "", otherwise = ""): string {
  const of = (service: string) => `(sum(${record}{sloth_service="${service}"${matcher && `,${matcher}`}})${otherwise})`;
  return `${of("jobs")} - ${of("jobs-sloth")}`;
}
