/**
 * Calls `due` at a constant rate, evenly spaced, until the returned function is called. The n-th call is due at start + n / rate whatever
 * came before: after a stall the missed calls are made up at once, each told when it was due.
 * @param ratePerSecond calls per second, above 0
 * @param due gets the time the call was due at, on performance.now()'s clock
 */
export function atRate(ratePerSecond: number, due: (dueAt: number) => void): () => void {
  const start = performance.now();
  const dueAt = (n: number) => start + (n * 1000) / ratePerSecond;
  let next = 0;
  let timer: NodeJS.Timeout;

  function tick(): void {
    for (const now = performance.now(); dueAt(next) <= now; next++) due(dueAt(next));
    // Rounded up by the timer to a millisecond at least: above 1000/s some ticks make two calls.
    timer = setTimeout(tick, Math.max(0, dueAt(next) - performance.now()));
  }

  tick();
  return () => clearTimeout(timer);
}
