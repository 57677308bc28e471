// Prometheus as the conductor's source of evidence: by URL, or through the API server's service proxy.
import { z } from "zod";
import { GateError } from "../errors.ts";
import type { Reading, Series } from "./history.ts";
import type { GateInputs, GateSli } from "./inputs.ts";
import type { Kube } from "./kube.ts";
import { bucketsQuery, durationBucketQuery, durationCountQuery, LAST_SCRAPE_QUERY, requestsQuery, type Source } from "./queries.ts";
import { availabilitySeries, latencySeries, type RawSeries } from "./samples.ts";

/** Prometheus did not answer, or not with samples: the looks that wait for it are blind. */
export class Silent extends Error {}

export interface Metrics {
  /**
   * All samples scraped in (from, to], every query evaluated at `to`. Both are seconds since the epoch.
   * @throws Silent, or GateError when a latency threshold is no bucket of the mesh's histogram
   */
  read(from: number, to: number): Promise<Reading>;
}

/** Gets a path below Prometheus' root. */
type Get = (path: string) => Promise<unknown>;

const ANSWER_SECONDS = 4;

/** @param kube reaches the API server; used when Prometheus is named as a service in the cluster */
export function prometheusOf(address: GateInputs["prometheus"], kube: Kube): Get {
  if ("url" in address) {
    const base = address.url.replace(/\/+$/, "");
    return async (path) => {
      const answer = await fetch(base + path, { signal: AbortSignal.timeout(ANSWER_SECONDS * 1000) });
      return answer.json();
    };
  }
  const [namespace, port] = address.service.split("/");
  return async (path) => (await kube({ method: "GET", path: `/api/v1/namespaces/${namespace}/services/${port}/proxy${path}` })).body;
}

const value = z.tuple([z.number(), z.string()]);
const labels = z.record(z.string(), z.string());
const failed = z.object({ status: z.literal("error"), error: z.string() });
const answered = <T extends z.ZodType>(result: T) => z.object({ status: z.literal("success"), data: z.object({ result }) });
const matrix = answered(z.array(z.object({ metric: labels, values: z.array(value) })));
const vector = answered(z.array(z.object({ metric: labels, value })));

export function metricsFrom(get: Get, source: Source, slis: readonly GateSli[]): Metrics {
  async function query<T>(expression: string, at: number, schema: z.ZodType<{ data: { result: T } }>): Promise<T> {
    const parameters = new URLSearchParams({ query: expression, time: at.toFixed(3) });
    let body: unknown;
    try {
      body = await get(`/api/v1/query?${parameters}`);
    } catch (error) {
      throw new Silent(`Prometheus does not answer: ${causeOf(error)}`);
    }
    const parsed = schema.safeParse(body);
    if (parsed.success) return parsed.data.data.result;
    throw new Silent(`Prometheus answers with no samples: ${failed.safeParse(body).data?.error ?? "not a query's result"}`);
  }

  async function buckets(at: number): Promise<readonly number[]> {
    const bounds = await query(bucketsQuery(source), at, vector);
    return bounds.map(({ metric }) => Number(metric.le)).sort((a, b) => a - b);
  }

  async function latency(
    sli: GateSli & { kind: "latency" },
    counts: readonly RawSeries[],
    seconds: number,
    to: number,
  ): Promise<readonly Series[]> {
    const within = await query(durationBucketQuery(source, sli.thresholdMs, seconds), to, matrix);
    if (within.length === 0 && counts.length > 0) {
      const bounds = await buckets(to);
      if (bounds.length > 0 && !bounds.includes(sli.thresholdMs)) throw new GateError(noBucket(sli, bounds));
    }
    return latencySeries(counts, within, source.revisionOf);
  }

  return {
    async read(from, to) {
      const seconds = to - from;
      const ask = (kind: GateSli["kind"], expression: string): Promise<readonly RawSeries[]> =>
        slis.some((sli) => sli.kind === kind) ? query(expression, to, matrix) : Promise.resolve([]);
      const [requests, counts] = await Promise.all([
        ask("availability", requestsQuery(source, seconds)),
        ask("latency", durationCountQuery(source, seconds)),
      ]);
      const series = Object.fromEntries(
        await Promise.all(
          slis.map(
            async (sli) =>
              [
                sli.name,
                sli.kind === "availability" ? availabilitySeries(requests, source.revisionOf) : await latency(sli, counts, seconds, to),
              ] as const,
          ),
        ),
      );
      const newest = Math.max(...[...requests, ...counts].map(({ values }) => values.at(-1)?.[0] ?? Number.NEGATIVE_INFINITY));
      const lastScrape = Number.isFinite(newest) ? newest : Number((await query(LAST_SCRAPE_QUERY, to, vector))[0]?.value[1] ?? Number.NaN);
      return { to, series, ...(Number.isFinite(lastScrape) && { lastScrape }) };
    },
  };
}

function noBucket({ name, thresholdMs }: GateSli & { kind: "latency" }, bounds: readonly number[]): string {
  return (
    `SLI ${name}: the mesh counts no requests up to ${thresholdMs} ms, so nobody can tell which are slower. ` +
    `Its buckets are ${bounds.filter(Number.isFinite).join(", ")} ms: take one of them as the threshold, ` +
    "or add a bucket (annotation sidecar.istio.io/statsHistogramBuckets on the pods)."
  );
}

/** Why a request failed: fetch hides it in `cause`. */
function causeOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given";
  if (error.name === "TimeoutError") return `no answer in ${ANSWER_SECONDS} s`;
  const cause = error.cause instanceof Error ? error.cause : error;
  return "code" in cause && typeof cause.code === "string" ? cause.code : cause.message;
}
