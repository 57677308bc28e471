import type { LatencySli, MetricSource } from "./slo.ts";

/** Envoy's, with the 200 and 300 that our mesh adds. */
export const ISTIO_BUCKETS_MS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 200, 250, 300, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

/**
 * Bounds in milliseconds of the histograms whose makers fix them. Istio: ISTIO_BUCKETS_MS; OpenTelemetry:
 * "Semantic conventions for HTTP metrics"; Kong: its Prometheus plugin. An app chooses its own.
 */
export const KNOWN_BUCKETS_MS: Readonly<Record<MetricSource["kind"], readonly number[] | undefined>> = {
  istio: ISTIO_BUCKETS_MS,
  otel: [5, 10, 25, 50, 75, 100, 250, 500, 750, 1_000, 2_500, 5_000, 7_500, 10_000],
  kong: [25, 50, 80, 100, 250, 400, 700, 1_000, 2_000, 5_000, 10_000, 30_000, 60_000],
  app: undefined,
};

/** The bounds that a latency SLI's threshold has to be one of; undefined where they are not known, or where any threshold will do. */
export function bucketsOf({ from, native, bucketsMs }: LatencySli): readonly number[] | undefined {
  return native === true ? undefined : (bucketsMs ?? KNOWN_BUCKETS_MS[from.kind]);
}

/** Every way in which a classic histogram's bucket of this bound may be labelled: "500", and "500.0" since Prometheus 3. */
export function spellingsOf(bound: number): readonly string[] {
  const plain = String(bound);
  const power = Math.floor(Math.log10(bound));
  // Go, and so Prometheus 3, turns to powers of ten here (strconv.FormatFloat, format g).
  if (power < -4 || power >= 6) return [plain, withPower(bound)];
  return plain.includes(".") ? [plain] : [plain, `${plain}.0`];
}

/** 1800000 is "1.8e+06": Go writes at least two digits of the power. */
function withPower(bound: number): string {
  return bound.toExponential().replace(/(?<=e[+-])(\d)$/, "0$1");
}
