import type { TestContext } from "node:test";
import { serve } from "../../support/server.ts";

/** A series as Prometheus answers with. */
export interface Answer {
  readonly labels: Readonly<Record<string, string>>;
  /** Its value at each second of the range. */
  readonly value: (second: number) => number | string;
}

export interface FakePrometheus {
  readonly url: string;
  /** Every query so far, as it came. */
  readonly queries: readonly URLSearchParams[];
}

/**
 * A Prometheus that knows nothing but the answers it is given.
 * @param answer to a query, instant or over time
 * @param labelValues of whatever label is asked for
 */
export async function fakePrometheus(
  t: TestContext,
  answer: (query: string) => readonly Answer[],
  labelValues: (label: string, selector: string | null) => readonly string[] = () => ["unknown", "echo"],
): Promise<FakePrometheus> {
  const queries: URLSearchParams[] = [];
  const { url } = await serve(t, (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "", "http://prometheus");
    const [, label] = /label\/(.*)\/values/.exec(pathname) ?? [];
    if (label !== undefined) return void response.end(JSON.stringify({ data: labelValues(label, searchParams.get("match[]")) }));
    queries.push(searchParams);
    const result = answer(searchParams.get("query") ?? "").map(({ labels, value }) => {
      const at = (second: number) => [second, String(value(second))];
      return { metric: labels, value: at(Number(searchParams.get("time"))), values: seconds(searchParams).map(at) };
    });
    response.end(JSON.stringify({ data: { result } }));
  });
  return { url, queries };
}

function seconds(parameters: URLSearchParams): readonly number[] {
  const [start, end, step] = ["start", "end", "step"].map((name) => Number(parameters.get(name)));
  const found: number[] = [];
  for (let at = start ?? 0; step && at <= (end ?? 0); at += step) found.push(at);
  return found;
}
