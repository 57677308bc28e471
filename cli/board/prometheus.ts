import { z } from "zod";
import { CommandError } from "../errors.ts";

/** One line of a range query's answer. Values that are not numbers are left out. */
export interface Series {
  readonly labels: Readonly<Record<string, string>>;
  readonly points: readonly Point[];
}

/** Milliseconds since 1970, and the value then. */
export type Point = readonly [time: number, value: number];

/** What the picture shows of time, in seconds since 1970. */
export interface TimeRange {
  readonly start: number;
  readonly end: number;
}

const Labels = z.record(z.string(), z.string());
const Sample = z.tuple([z.number(), z.string()]);
const Matrix = z.object({ data: z.object({ result: z.array(z.object({ metric: Labels, values: z.array(Sample) })) }) });
const Vector = z.object({ data: z.object({ result: z.array(z.object({ metric: Labels, value: Sample })) }) });
const Values = z.object({ data: z.array(z.string()) });
const Refusal = z.object({ error: z.string() });

export class Prometheus {
  readonly url: string;

  /** @param url where it answers: http://127.0.0.1:9090 */
  constructor(url: string) {
    this.url = url;
  }

  /** @param step seconds between two points */
  async range(query: string, { start, end }: TimeRange, step: number): Promise<readonly Series[]> {
    const { data } = Matrix.parse(await this.#get("query_range", { query, start, end, step }));
    return data.result.map(({ metric, values }) => ({ labels: metric, points: values.map(point).filter(isNumber) }));
  }

  async instant(query: string, time: number): Promise<readonly Series[]> {
    const { data } = Vector.parse(await this.#get("query", { query, time }));
    return data.result.map(({ metric, value }) => ({ labels: metric, points: [point(value)].filter(isNumber) }));
  }

  /** Values that a label of the selected series had in that time. @param selector every series where it is left out */
  async labelValues(label: string, { start, end }: TimeRange, selector?: string): Promise<readonly string[]> {
    const match = selector === undefined ? {} : { "match[]": selector };
    return Values.parse(await this.#get(`label/${label}/values`, { start, end, ...match })).data;
  }

  async #get(path: string, parameters: Readonly<Record<string, string | number>>): Promise<unknown> {
    const address = new URL(`/api/v1/${path}`, this.url);
    for (const [name, value] of Object.entries(parameters)) address.searchParams.set(name, String(value));
    const answer = await fetch(address).catch((error: unknown) => {
      throw new CommandError(`Prometheus at ${this.url} cannot be reached: ${error instanceof Error ? error.message : error}`);
    });
    const body: unknown = await answer.json().catch(() => undefined);
    if (answer.ok) return body;
    const reason = Refusal.safeParse(body).data?.error ?? `status ${answer.status}`;
    throw new CommandError(`Prometheus at ${this.url} refused ${path} ${parameters.query ?? ""}: ${reason}`);
  }
}

const UNITS: Readonly<Record<string, number>> = { ms: 0.001, s: 1, m: 60, h: 3600, d: 86_400, w: 604_800 };

/** A duration as Prometheus and Grafana write it, such as 90s, 1h30m, 7d, in seconds. @throws CommandError for anything else */
export function seconds(text: string): number {
  if (!/^(\d+(ms|[smhdw]))+$/.test(text)) throw new CommandError(`"${text}" is no duration: take for example 90s, 15m or 1h30m`);
  return [...text.matchAll(/(\d+)(ms|[smhdw])/g)].reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0);
}

function point([time, value]: readonly [number, string]): Point {
  return [time * 1000, Number(value)];
}

function isNumber([, value]: Point): boolean {
  return Number.isFinite(value);
}
