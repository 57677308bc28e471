// Arithmetic on logarithms: evidence over 10^9 requests is far outside what a double can hold.

/** ln of the mean of e^x over `logs`; -Infinity is the log of 0. No values at all say nothing: ln 1. */
export function logMeanExp(logs: readonly number[]): number {
  if (logs.length === 0) return 0;
  const largest = Math.max(...logs);
  if (largest === Number.NEGATIVE_INFINITY) return largest;
  const sum = logs.reduce((total, log) => total + Math.exp(log - largest), 0);
  return largest + Math.log(sum / logs.length);
}

/** count · log, with 0 · ln 0 = 0: what did not happen is no evidence, however impossible it would have been. */
export function times(count: number, log: number): number {
  return count === 0 ? 0 : count * log;
}
