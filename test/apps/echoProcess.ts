// Starts the sample service as a process of its own, as a node would.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { TestContext } from "node:test";

type LogLine = Readonly<Record<string, unknown>>;

export interface EchoProcess {
  /** Base URL, without a slash at its end. */
  readonly url: string;
  /** Every line logged so far. */
  readonly lines: readonly LogLine[];
  /** Resolves with the first line of that event, also when it was logged before. */
  logged(event: string): Promise<LogLine>;
  terminate(): void;
  /** Resolves with the exit code once the process has ended and all it logged has been read. */
  readonly exited: Promise<number | null>;
}

const source = new URL("../../apps/echo/echo.ts", import.meta.url).pathname;

/** Starts echo with these variables and nothing else in its environment, without waiting for it to listen. It is killed after the test. */
export function spawnEcho(t: TestContext, env: Record<string, string> = {}, script = source) {
  const child = spawn(process.execPath, [script], { env: { HOST: "127.0.0.1", PORT: "0", ...env }, stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  const lines: LogLine[] = [];
  const reader = createInterface(child.stdout).on("line", (line) => lines.push(JSON.parse(line)));
  const exited = once(child, "close").then(() => child.exitCode);
  const logged = async (event: string): Promise<LogLine> => {
    for (;;) {
      const line = lines.find((line) => line.event === event);
      if (line !== undefined) return line;
      await Promise.race([
        once(reader, "line"),
        exited.then(() => assert.fail(`echo ended before it logged "${event}": ${JSON.stringify(lines)}`)),
      ]);
    }
  };
  return { lines, logged, exited, terminate: () => void child.kill("SIGTERM") };
}

/** Starts echo and waits until it listens. */
export async function startEcho(t: TestContext, env: Record<string, string> = {}, script = source): Promise<EchoProcess> {
  const echo = spawnEcho(t, env, script);
  const { address } = await echo.logged("listening");
  assert.ok(typeof address === "object" && address !== null && "port" in address);
  return { ...echo, url: `http://127.0.0.1:${address.port}` };
}
