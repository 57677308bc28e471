// An export as Prometheus reads it.
import { z } from "zod";

const Attributes = z.array(z.object({ key: z.string(), value: z.object({ stringValue: z.string() }) }));
const Point = z.object({
  timeUnixNano: z.string(),
  attributes: Attributes,
  asDouble: z.number().optional(),
  flags: z.literal(1).optional(),
});
const Points = z.object({ dataPoints: z.array(Point) });
const Metric = z.object({ name: z.string(), gauge: Points.optional(), sum: Points.optional() });
const Export = z.object({ resourceMetrics: z.array(z.object({ scopeMetrics: z.array(z.object({ metrics: z.array(Metric) })) })) });

export interface ToldPoint {
  readonly name: string;
  readonly labels: Readonly<Record<string, string>>;
  /** None: the series ends. */
  readonly value: number | undefined;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

export function pointsOf(request: unknown): readonly ToldPoint[] {
  const metrics = Export.parse(request).resourceMetrics.flatMap(({ scopeMetrics }) => scopeMetrics.flatMap((scope) => scope.metrics));
  return metrics.flatMap(({ name, gauge, sum }) =>
    [...(gauge?.dataPoints ?? []), ...(sum?.dataPoints ?? [])].map(({ timeUnixNano, attributes, asDouble, flags }) => ({
      name,
      labels: Object.fromEntries(attributes.map(({ key, value }) => [key, value.stringValue])),
      value: flags === 1 ? undefined : asDouble,
      at: Number(timeUnixNano.slice(0, -6)),
    })),
  );
}
