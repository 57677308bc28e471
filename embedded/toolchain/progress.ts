// Telling people what is going on and for how long: a tool can take minutes, and silence looks like a hang.
import { messageOf } from "../errors.ts";

export interface Progress {
  /** Runs a step and says so at its start, at its end and in between. Rejects as the step does. */
  step<T>(what: string, work: () => Promise<T>): Promise<T>;
  note(line: string): void;
}

const LINE_EVERY_SECONDS = 15;

/** Progress as separate lines, one every 15 seconds while a step runs. */
export function progressInLines(write: (line: string) => void): Progress {
  return {
    note: write,
    step: (what, work) => ticking(what, work, LINE_EVERY_SECONDS, write, write),
  };
}

/** Progress on a terminal: one line that counts the seconds. */
export function progressOnTerminal(terminal: { write(text: string): unknown }): Progress {
  const CLEAR_LINE = "\r\u001b[K";
  return {
    note: (line) => terminal.write(`${line}\n`),
    step: (what, work) =>
      ticking(
        what,
        work,
        1,
        (line) => terminal.write(`${CLEAR_LINE}${line}`),
        (line) => terminal.write(`${CLEAR_LINE}${line}\n`),
      ),
  };
}

async function ticking<T>(
  what: string,
  work: () => Promise<T>,
  everySeconds: number,
  update: (line: string) => void,
  finish: (line: string) => void,
): Promise<T> {
  const started = performance.now();
  const seconds = () => Math.round((performance.now() - started) / 1000);
  update(what);
  const timer = setInterval(() => update(`${what} ... ${seconds()} s`), everySeconds * 1000);
  try {
    const result = await work();
    finish(`${what}: done in ${seconds()} s`);
    return result;
  } catch (error) {
    finish(`${what}: not possible (${messageOf(error)})`);
    throw error;
  } finally {
    clearInterval(timer);
  }
}
