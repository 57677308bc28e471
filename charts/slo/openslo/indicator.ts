import { z } from "zod";
import { show } from "../../written.ts";
import { counterIn } from "../promql/counter.ts";
import { promqlProblem } from "../promql.ts";
import type { CounterSli } from "../slo.ts";
import { notOne, only, text, unsupported } from "./fields.ts";

const NO_COUNTER = "is not one counter; write its selector, or the sum of its rate: its increase over every window is made from it";

/** The selector of a counter. */
const query = text.transform((written, context): string => {
  const selector = counterIn(written);
  const reason = promqlProblem(written) ?? (selector === undefined ? NO_COUNTER : undefined);
  if (reason !== undefined) context.issues.push({ code: "custom", input: written, message: `${show(written)} ${reason}` });
  return selector ?? z.NEVER;
});

const metric = z
  .strictObject({
    metricSource: z.strictObject({
      metricSourceRef: text.optional(),
      type: z.enum(["Prometheus", "prometheus"], only("Prometheus", "the platform's own Prometheus is asked")),
      spec: z.strictObject({ query, queryType: z.literal("promql", only("promql")).optional() }),
    }),
  })
  .transform(({ metricSource }) => metricSource.spec.query);

const ratioMetric = z
  .strictObject({
    counter: z.literal(true, only("true, and counters as queries", "events are what counters count")),
    good: metric.optional(),
    bad: metric.optional(),
    total: metric,
    raw: unsupported("a ratio without its counts cannot be added up over a window; give good or bad, and total"),
    rawType: unsupported("it belongs to raw; give good or bad, and total"),
  })
  .transform(({ good, bad, total }, context): CounterSli => {
    const refuse = (path: "good" | "bad", message: string) => {
      context.issues.push({ code: "custom", path: [path], input: undefined, message });
      return z.NEVER;
    };
    const part = bad ?? good;
    if (part === undefined || (bad !== undefined && good !== undefined)) return refuse("bad", notOne("good", "bad", bad));
    if (part === total)
      return refuse(bad === undefined ? "good" : "bad", `${show(part)} is the same as total; let it pick some of the events`);
    return bad === undefined ? { type: "counters", good: part, total } : { type: "counters", bad, total };
  });

/** What an SLI says: which events there are, and which of them are good or bad. */
export const indicatorSpec = z
  .strictObject({
    description: text.optional(),
    ratioMetric,
    thresholdMetric: unsupported("it states a value, not events; give a ratioMetric, for latency with the bucket of a histogram as good"),
  })
  .transform(({ ratioMetric }) => ratioMetric);
