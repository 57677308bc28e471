import { expand, type Values } from "./expand.ts";
import type { Annotation, Panel } from "./model.ts";
import type { Point, Prometheus, Series, TimeRange } from "./prometheus.ts";
import type { ScrapeIntervals } from "./scrapes.ts";

/** A line of a panel, under the name in its legend. */
export interface Line {
  readonly name: string;
  readonly points: readonly Point[];
}

/** A moment that is marked on every panel over time. */
export interface Mark {
  readonly time: number;
  readonly text: string;
  readonly colour: string;
}

/** Everything that it takes to ask what a board asks. */
export interface Question {
  readonly prometheus: Prometheus;
  readonly time: TimeRange;
  /** Of the board's variables. */
  readonly values: Values;
  readonly scrapeIntervals: ScrapeIntervals;
}

/** So many points fit side by side in one of a board's 24 columns. */
const POINTS_A_COLUMN = 20;

/** A panel's queries over time. */
export async function linesOf({ targets, gridPos }: Panel, question: Question): Promise<readonly Line[]> {
  const step = stepOf(question.time, gridPos.w);
  const ask = async ({ expr }: { readonly expr: string }) =>
    question.prometheus.range((await asked(expr, question, step)).query, question.time, step);
  return named(targets, await Promise.all(targets.map(ask)));
}

/** A panel's queries at the end of the time. */
export function valuesAtEnd({ targets, gridPos }: Panel, question: Question): Promise<readonly (readonly Series[])[]> {
  const { prometheus, time } = question;
  const ask = async ({ expr }: { readonly expr: string }) =>
    prometheus.instant((await asked(expr, question, stepOf(time, gridPos.w))).query, time.end);
  return Promise.all(targets.map(ask));
}

/** Where each of an annotation's series begins, and begins again after a gap much longer than its rates are taken over. */
export async function marksOf({ expr, titleFormat, iconColor }: Annotation, question: Question): Promise<readonly Mark[]> {
  const step = stepOf(question.time, 24);
  const { query, rateInterval } = await asked(expr, question, step);
  const gap = step + 5 * rateInterval;
  const series = await question.prometheus.range(query, question.time, step);
  return series.flatMap(({ labels, points }) =>
    points
      .filter(([time], index) => time - (points[index - 1]?.[0] ?? 0) > gap * 1000)
      .map(([time]) => ({ time, text: legend(titleFormat, labels), colour: iconColor })),
  );
}

export function named(targets: Panel["targets"], answers: readonly (readonly Series[])[]): readonly Line[] {
  return answers.flatMap((series, index) =>
    series.map(({ labels, points }) => ({ name: legend(targets[index]?.legendFormat ?? "", labels), points })),
  );
}

function legend(text: string, labels: Series["labels"]): string {
  return text.replace(/{{(.*?)}}/g, (_, label: string) => labels[label] ?? "");
}

function stepOf({ start, end }: TimeRange, columns: number): number {
  return Math.max(1, Math.ceil((end - start) / (columns * POINTS_A_COLUMN)));
}

/**
 * A query with a value for each variable, Grafana's own among them: a rate is taken over four scrapes, and over a step and a scrape
 * where that is longer (https://grafana.com/docs/grafana/latest/datasources/prometheus/template-variables/).
 */
async function asked(expr: string, { values, time, scrapeIntervals }: Question, step: number) {
  const scrapes = await scrapeIntervals(expand(expr, { ...values, __rate_interval: "1m", __range: "1m" }));
  const rateInterval = Math.max(step + scrapes, 4 * scrapes);
  return { query: expand(expr, { ...values, __rate_interval: `${rateInterval}s`, __range: `${time.end - time.start}s` }), rateInterval };
}
