// What is said of a figure that was measured several times.

/** Smallest, median and largest, each with so many digits behind the point: "9.1 / 9.8 / 12.0". A single value stands alone. */
export function spread(values: readonly number[], digits = 1): string {
  if (values.length === 0) return "-";
  const sorted = [...values].sort((a, b) => a - b);
  const [only] = sorted;
  if (only !== undefined && sorted.length === 1) return only.toFixed(digits);
  return [sorted[0], median(sorted), sorted.at(-1)].map((value) => (value ?? Number.NaN).toFixed(digits)).join(" / ");
}

/** The middle value; of an even number of them, the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  return ((sorted[Math.floor(middle)] ?? Number.NaN) + (sorted[Math.ceil(middle)] ?? Number.NaN)) / 2;
}
