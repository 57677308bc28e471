// Ends what a command has started in good order, at its own end and at Ctrl-C alike.

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** 128 + SIGINT, as a shell has it. */
const INTERRUPTED = 130;

/**
 * Does `work` and then `end`, whatever becomes of the work. At the first SIGINT or SIGTERM `end` begins at once, and the process exits with
 * 130 when it is done. Further signals do not cut that short: what it had left to end would go on running.
 */
export async function withEnd<T>(work: () => Promise<T>, end: () => Promise<void>): Promise<T> {
  let ending: Promise<void> | undefined;
  const endOnce = () => (ending ??= end());
  let exiting: Promise<void> | undefined;
  const onSignal = () => {
    if (exiting === undefined) console.error("interrupted: ending what was started");
    exiting ??= endOnce()
      .catch((error: unknown) => console.error(error))
      .then(() => process.exit(INTERRUPTED));
  };
  for (const signal of SIGNALS) process.on(signal, onSignal);
  try {
    return await work();
  } finally {
    await endOnce();
    await exiting;
    for (const signal of SIGNALS) process.off(signal, onSignal);
  }
}
