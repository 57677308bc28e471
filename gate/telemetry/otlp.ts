// Samples as OTLP's JSON (opentelemetry-proto, metrics.proto; its field names in lowerCamelCase, 64-bit numbers as text). Pure.
import type { Sample } from "./series.ts";

/** Becomes the label `job`. */
const SERVICE_NAME = "sluice-gate";

/** Every value is the count since the beginning, not since the request before. */
const CUMULATIVE = 2;

/** Prometheus ends a series whose point carries this flag. */
const NO_RECORDED_VALUE = 1;

/**
 * The body of one export. The names have no unit and counters end in "_total" already, so that Prometheus leaves them as they are.
 * @param ended series that end here; their values are not sent
 * @param at milliseconds since the epoch
 */
export function exportRequest(samples: readonly Sample[], ended: readonly Sample[], at: number): unknown {
  const timeUnixNano = `${at}000000`;
  const points = [
    ...samples.map((sample) => ({ sample, point: { timeUnixNano, attributes: attributes(sample.labels), asDouble: sample.value } })),
    ...ended.map((sample) => ({ sample, point: { timeUnixNano, attributes: attributes(sample.labels), flags: NO_RECORDED_VALUE } })),
  ];
  const metrics = [...Map.groupBy(points, ({ sample }) => sample.name)].map(([name, of]) => {
    const dataPoints = of.map(({ point }) => point);
    const isCounter = of.some(({ sample }) => sample.kind === "counter");
    return isCounter
      ? { name, sum: { aggregationTemporality: CUMULATIVE, isMonotonic: true, dataPoints } }
      : { name, gauge: { dataPoints } };
  });
  return { resourceMetrics: [{ resource: { attributes: attributes({ "service.name": SERVICE_NAME }) }, scopeMetrics: [{ metrics }] }] };
}

function attributes(labels: Readonly<Record<string, string>>) {
  return Object.entries(labels).map(([key, value]) => ({ key, value: { stringValue: value } }));
}
