// Latencies in bins that each are 1 % wider than the one before: any number of them in a few kilobytes, quantiles to within 1 %.

const lowestMs = 0.1;
const growth = 1.01;
/** Enough for a minute; whatever is longer counts as a minute. */
const bins = Math.ceil(Math.log(60_000 / lowestMs) / Math.log(growth)) + 1;

/** How many latencies fell into each bin. Two histograms taken at two times can be subtracted bin by bin. */
export type Histogram = Uint32Array;

export function emptyHistogram(): Histogram {
  return new Uint32Array(bins);
}

/** Counts one latency, in milliseconds. */
export function addLatency(histogram: Histogram, ms: number): void {
  const bin = ms <= lowestMs ? 0 : Math.min(bins - 1, Math.ceil(Math.log(ms / lowestMs) / Math.log(growth)));
  histogram[bin] = (histogram[bin] ?? 0) + 1;
}

/** The latencies in `later` that are not yet in `earlier`, an older state of the same histogram. */
export function subtract(later: Histogram, earlier: Histogram): Histogram {
  return later.map((count, bin) => count - (earlier[bin] ?? 0));
}

/**
 * The latency in milliseconds that the given share of requests did not exceed (nearest rank), or undefined when there was none.
 * @param share above 0, at most 1: 0.99 for the 99th percentile
 */
export function quantile(histogram: Histogram, share: number): number | undefined {
  const rank = Math.ceil(share * histogram.reduce((sum, count) => sum + count, 0));
  let seen = 0;
  for (const [bin, count] of histogram.entries()) {
    seen += count;
    if (count > 0 && seen >= rank) return lowestMs * growth ** bin;
  }
  return undefined;
}
