// What is left of the budget, and what nobody can know: uneven traffic, idle nights, no data, months, slices.
import { test } from "node:test";
import { sloRules } from "../../../../charts/slo/rules/index.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";
import { evaluates } from "./promtool.ts";
import { absent, counter, gone, jobs } from "./traffic.ts";

const HOUR = 3600;
const DAY = 24 * HOUR;
const period = "slo:sli_error:ratio_rate30d";
const remaining = "slo:period_error_budget_remaining:ratio";
const records = '{__name__=~"slo:(sli_error|current|period).+"}';

/** Every five minutes, scraped twice as often. */
const coarse = { interval: 300, scrape: 150 };
const rulesOf = (slo: Slo, form: "exact" | "sloth" = "exact") => sloRules([slo], { form, interval: coarse.interval });

/** An hour in which 1 % of many fail, then eleven in which one of few comes now and then and none fails. */
const busyThenQuiet = {
  jobs: counter({ samples: 24, rise: 10_000 }, { samples: 264, rise: 1 }),
  failed: counter({ samples: 24, rise: 100 }, { samples: 264, rise: 0 }),
};

test("exact: with uneven traffic every event weighs the same", (t) =>
  evaluates(t, {
    ...coarse,
    groups: rulesOf(jobs),
    series: busyThenQuiet,
    // Counted from the evaluation of second 300 on, which has seen one rise.
    expect: [{ at: 12 * HOUR, expr: period, value: 2300 / (230_000 + 263) }],
  }));

test("sloth: with uneven traffic a quiet night mends the budget, by the mean of its good ratios", (t) =>
  evaluates(t, {
    ...coarse,
    groups: rulesOf(jobs, "sloth"),
    series: busyThenQuiet,
    expect: [
      { at: 12 * HOUR, expr: `${period} < bool 0.001`, value: 1 },
      { at: 12 * HOUR, expr: "increase(failed[12h]) / increase(jobs[12h]) > bool 0.0099", value: 1 },
    ],
  }));

/** An hour with failures, then nobody comes for three. */
const idle = {
  jobs: counter({ samples: 24, rise: 1000 }, { samples: 72, rise: 0 }),
  failed: counter({ samples: 24, rise: 10 }, { samples: 72, rise: 0 }),
};

test("exact: after idle hours short windows have no ratio, long ones keep theirs, and the budget is what it was", (t) =>
  evaluates(t, {
    ...coarse,
    groups: rulesOf(jobs),
    series: idle,
    expect: [
      { at: 4 * HOUR, expr: "slo:sli_error:ratio_rate5m", value: undefined },
      { at: 4 * HOUR, expr: "slo:current_burn_rate:ratio", value: undefined },
      { at: 4 * HOUR, expr: "slo:sli_error:ratio_rate6h", value: 0.01 },
      { at: 4 * HOUR, expr: remaining, value: -9 },
    ],
  }));

for (const { form, nans } of [
  { form: "exact", nans: undefined },
  { form: "sloth", nans: 2 },
] as const) {
  test(`${form}: an idle hour ${nans === undefined ? "never makes a NaN" : "makes short ratios and the period NaN"}`, (t) =>
    evaluates(t, {
      ...coarse,
      groups: rulesOf(jobs, form),
      series: idle,
      expect: [{ at: 4 * HOUR, expr: `count(${nan("slo:sli_error:ratio_rate5m")} or ${nan(period)})`, value: nans }],
    }));
}

/** Only NaN differs from itself. */
function nan(record: string): string {
  return `(${record} != ${record})`;
}

test("no failure ever, not even a series of failures, is a ratio of 0 and a full budget", (t) =>
  evaluates(t, {
    ...coarse,
    groups: rulesOf(jobs),
    series: { jobs: counter({ samples: 24, rise: 1000 }) },
    expect: [
      { at: HOUR, expr: "slo:sli_error:ratio_rate5m", value: 0 },
      { at: HOUR, expr: remaining, value: 1 },
    ],
  }));

test("no data is no ratio, not a good one, and an alert where the SLO asks for it", (t) =>
  evaluates(t, {
    ...coarse,
    groups: rulesOf({ ...jobs, alerting: { absent: true } }),
    series: { jobs: `${counter({ samples: 12, rise: 1000 })} ${gone(36)}` },
    expect: [
      { at: HOUR, expr: "slo:sli_error:ratio_rate5m", value: undefined },
      { at: HOUR / 2, expr: 'ALERTS{alertname="SloNoData"}', value: undefined },
      { at: HOUR, expr: 'ALERTS{alertname="SloNoData", alertstate="firing", slo="done", service="jobs"}', value: 1 },
    ],
  }));

test("an SLO that was never measured has no ratio at all", (t) =>
  evaluates(t, { ...coarse, groups: rulesOf(jobs), series: { other: "0x24" }, expect: [{ at: HOUR, expr: records, value: undefined }] }));

test("a spent budget is told as a ticket", (t) =>
  evaluates(t, {
    ...coarse,
    groups: rulesOf(jobs),
    series: idle,
    expect: [{ at: 4 * HOUR, expr: 'ALERTS{alertname="SloBudgetSpent", alertstate="firing", severity="ticket", window="30d"}', value: 1 }],
  }));

for (const minEvents of [0, 100]) {
  const outcome = minEvents === 0 ? "pages" : `does not page where ${minEvents} events are asked for`;
  test(`one failure of forty ${outcome}`, (t) =>
    evaluates(t, {
      ...coarse,
      groups: rulesOf({ ...jobs, minEvents }),
      series: { jobs: counter({ samples: 42, rise: 1 }), failed: "_x40 1 1" },
      expect: [{ at: 6600, expr: 'max(ALERTS{alertstate="firing", severity="page"})', value: minEvents === 0 ? 1 : undefined }],
    }));
}

test("a calendar month begins with a full budget", (t) =>
  evaluates(t, {
    // Rules that look back on five minutes, evaluated every half hour, see a sixth of all: the ratios are the same.
    groups: rulesOf({ ...jobs, window: { calendar: "month" } }),
    interval: HOUR / 2,
    scrape: 300,
    // Time begins on the first of January, the jobs on the 30th; half of them fail in the last hours of the 31st but one.
    series: {
      jobs: `${absent((29 * DAY) / 300)} ${counter({ samples: (3 * DAY) / 300, rise: 1000 })}`,
      failed: `${absent((29 * DAY) / 300)} ${counter({ samples: (2 * DAY - 4 * HOUR) / 300, rise: 0 }, { samples: 36, rise: 500 }, { samples: DAY / 300, rise: 0 })}`,
    },
    expect: [
      { at: 31 * DAY - HOUR, expr: `${remaining} < bool -0.5`, value: 1 },
      { at: 31 * DAY + HOUR, expr: remaining, value: 1 },
      { at: 31 * DAY + HOUR, expr: "slo:sli_error:ratio_rate3d > bool 0.01", value: 1 },
      { at: 31 * DAY + HOUR, expr: "slo:time_period:days", value: 28 },
    ],
  }));

test("time slices weigh the same, however many events each has, and one without events is none", (t) =>
  evaluates(t, {
    ...coarse,
    groups: rulesOf({ ...jobs, slices: { seconds: 300, objective: 95 } }),
    // Six slices each: 10 % of many fail, none of a few, nobody comes, 1 % fails.
    series: {
      jobs: counter({ samples: 12, rise: 1000 }, { samples: 12, rise: 10 }, { samples: 12, rise: 0 }, { samples: 12, rise: 100 }),
      failed: counter({ samples: 12, rise: 100 }, { samples: 24, rise: 0 }, { samples: 12, rise: 1 }),
    },
    expect: [{ at: 2 * HOUR, expr: period, value: 6 / 18 }],
  }));
