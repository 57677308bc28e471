// How soon a constant share of failures is told, after a good past: the detection times of the SRE workbook's windows, for 99.9 % over 30 days.
import { type TestContext, test } from "node:test";
import { sloRules } from "../../../../charts/slo/rules/index.ts";
import { evaluates } from "./promtool.ts";
import { counter, jobs } from "./traffic.ts";

const EVENTS_A_SECOND = 100;
const HOUR = 3600;

/** Each page is timed as finely as it can be late. */
const TIMES = [
  { share: 1, page: 52, ticket: 259, pageInterval: 30 },
  { share: 0.1, page: 518, ticket: 2592, pageInterval: 60 },
  { share: 0.02, page: 2592, ticket: 12_960, pageInterval: 150 },
  { share: 0.01, page: 12_960, ticket: 25_920, pageInterval: 300 },
  { share: 0.005, page: undefined, ticket: 51_840, pageInterval: 300 },
  { share: 0.002, page: undefined, ticket: 129_600, pageInterval: 300 },
];

for (const form of ["exact", "sloth"] as const) {
  for (const { share, page, ticket, pageInterval } of TIMES) {
    const trial = { form, share };
    test(`${form}: ${share * 100} % failures ${page === undefined ? "never page" : `page after ${page} s`}`, (t) =>
      firesAfter(t, { ...trial, severity: "page", seconds: page, longest: 6 * HOUR, interval: pageInterval }));
    test(`${form}: ${share * 100} % failures make a ticket after ${ticket} s`, (t) =>
      firesAfter(t, { ...trial, severity: "ticket", seconds: ticket, longest: 72 * HOUR, interval: 300 }));
  }
}

test("a page ends five minutes after the failures do, though the last hour was bad; a slower one goes on", (t) => {
  const [interval, scrape] = [60, 30];
  const hour = { samples: HOUR / scrape, rise: 0 };
  const firing = (tier: string) => `ALERTS{alertstate="firing", burn_tier="${tier}"}`;
  const [during, after] = [HOUR + 600, HOUR + 1080];
  return evaluates(t, {
    groups: sloRules([jobs], { interval }),
    interval,
    scrape,
    series: {
      jobs: counter({ samples: (2 * HOUR) / scrape + 20, rise: 100 }),
      failed: counter(hour, { samples: 20, rise: 50 }, hour),
    },
    expect: [
      { at: during, expr: firing("page-quick"), value: 1 },
      { at: after, expr: "slo:sli_error:ratio_rate1h > bool 0.0144", value: 1 },
      { at: after, expr: firing("page-quick"), value: undefined },
      { at: after, expr: firing("page-slow"), value: 1 },
    ],
  });
});

interface Case {
  readonly form: "exact" | "sloth";
  readonly share: number;
  readonly severity: string;
  /** From the first failure; undefined for never. */
  readonly seconds: number | undefined;
  /** The longest window of this severity, in seconds: for so long all was well. */
  readonly longest: number;
  /** Seconds between evaluations. */
  readonly interval: number;
}

async function firesAfter(t: TestContext, { form, share, severity, seconds, longest, interval }: Case): Promise<void> {
  const scrape = interval / 2;
  const perSample = EVENTS_A_SECOND * scrape;
  const before = last(longest + (seconds ?? longest) - 1, interval);
  // An evaluation, and the scrapes that had not arrived by then.
  const after = before + 3 * interval;
  const firing = `min(ALERTS{alertstate="firing", severity="${severity}"})`;
  await evaluates(t, {
    groups: sloRules([jobs], { form, interval }),
    interval,
    scrape,
    series: {
      jobs: counter({ samples: after / scrape, rise: perSample }),
      failed: counter({ samples: longest / scrape, rise: 0 }, { samples: (after - longest) / scrape, rise: perSample * share }),
    },
    expect: [{ at: before, expr: firing, value: undefined }, ...(seconds === undefined ? [] : [{ at: after, expr: firing, value: 1 }])],
  });
}

/** The last evaluation by then. */
function last(seconds: number, interval: number): number {
  return Math.floor(seconds / interval) * interval;
}
