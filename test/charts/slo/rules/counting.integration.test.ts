// What the exact form counts, next to the truth: whole numbers, because nothing is extrapolated.
import { test } from "node:test";
import { sloRules } from "../../../../charts/slo/rules/index.ts";
import type { Slo } from "../../../../charts/slo/slo.ts";
import { evaluates } from "./promtool.ts";
import { counter, gone, jobs } from "./traffic.ts";

/** By pod and outcome. */
const requests: Slo = { ...jobs, sli: { type: "counters", bad: 'requests{code="500"}', total: "requests" } };
const ok = (pod: string) => `requests{pod="${pod}", code="200"}`;
const failed = (pod: string) => `requests{pod="${pod}", code="500"}`;

// No evaluation meets a scrape: every 30 and every 7 seconds.
const trial = { groups: sloRules([requests], { interval: 30 }), interval: 30, scrape: 7 };

/** Counting begins with the second evaluation, from what the first one saw: the third scrape, which counted two rises. */
const UNSEEN = 2;
const SCRAPES = 700;

const all = "sum_over_time(slo:sli_total:increase[12h])";
const bad = "sum_over_time(slo:sli_bad:increase[12h])";
/** An evaluation after the last scrape. */
const finally_ = (expr: string, value: number | undefined) => ({ at: 4950, expr, value });

test("every event counts once, wherever evaluations fall between scrapes", (t) =>
  evaluates(t, {
    ...trial,
    series: { [ok("a")]: counter({ samples: SCRAPES, rise: 13 }) },
    expect: [finally_(all, 13 * (SCRAPES - UNSEEN)), finally_(bad, 0)],
  }));

test("a service's first failure counts, though its series begins with it and never rises", (t) =>
  evaluates(t, {
    ...trial,
    series: { [ok("a")]: counter({ samples: SCRAPES, rise: 13 }), [failed("a")]: "_x400 1x300" },
    expect: [finally_(bad, 1), finally_(`increase(${failed("a")}[12h])`, 0)],
  }));

test("a restarted counter loses what it counted since the evaluation before, and no more", (t) =>
  evaluates(t, {
    ...trial,
    // The evaluation of second 2100 saw 298 rises; two more came before the restart.
    series: { [ok("a")]: `${counter({ samples: 300, rise: 13 })} ${counter({ samples: 399, rise: 13 })}` },
    expect: [finally_(all, 13 * (298 - UNSEEN + 399))],
  }));

test("a pod that goes and one that comes are counted from their first to their last scrape", (t) =>
  evaluates(t, {
    ...trial,
    series: {
      [ok("old")]: `${counter({ samples: 300, rise: 13 })} ${gone(400)}`,
      [ok("new")]: `_x250 13+13x449`,
    },
    expect: [finally_(all, 13 * (300 - UNSEEN) + 13 * 450)],
  }));

test("what happened while a pod could not be scraped is counted afterwards", (t) =>
  evaluates(t, {
    ...trial,
    series: { [ok("a")]: counter({ samples: SCRAPES, rise: 13 }), [ok("b")]: `0x99 ${gone(100)} 5000x499` },
    expect: [finally_(all, 13 * (SCRAPES - UNSEEN) + 5000)],
  }));

test("what counters said before anybody watched them is no event of now", (t) =>
  evaluates(t, {
    ...trial,
    series: { [ok("a")]: `1000000+13x${SCRAPES}`, [failed("a")]: `500000x${SCRAPES}` },
    expect: [finally_(all, 13 * (SCRAPES - UNSEEN)), finally_(bad, 0)],
  }));

test("neither is what they say after hours in which nothing was scraped", (t) =>
  evaluates(t, {
    groups: sloRules([requests], { interval: 300 }),
    interval: 300,
    scrape: 100,
    series: { [ok("a")]: `0+10x30 ${gone(60)} 100000+10x60` },
    // The first evaluation that sees anything has seen two rises; the first one after the silence, the first value there.
    expect: [{ at: 15_600, expr: all, value: 10 * (30 - 2) + 10 * (60 - 1) }],
  }));

test("each value of a grouping label is counted for itself, with its new series", (t) =>
  evaluates(t, {
    ...trial,
    groups: sloRules([{ ...requests, grouping: ["pod"] }], { interval: 30 }),
    series: {
      [ok("a")]: counter({ samples: SCRAPES, rise: 13 }),
      [ok("b")]: counter({ samples: SCRAPES, rise: 5 }),
      [failed("b")]: `_x100 1+1x599`,
    },
    expect: [
      finally_(`sum_over_time(slo:sli_total:increase{pod="a"}[12h])`, 13 * (SCRAPES - UNSEEN)),
      finally_(`sum_over_time(slo:sli_bad:increase{pod="a"}[12h])`, 0),
      finally_(`sum_over_time(slo:sli_total:increase{pod="b"}[12h])`, 5 * (SCRAPES - UNSEEN) + 600),
      finally_(`sum_over_time(slo:sli_bad:increase{pod="b"}[12h])`, 600),
    ],
  }));
