// When to stop: the operator's signal, the engine's Cancel, or an engine that is gone; and when to end with it.
import { subscribe, unsubscribe } from "node:diagnostics_channel";
import { connect } from "node:net";

export interface Stops {
  /** Aborted when the operator or the engine wants the conductor to stop; its reason says who. */
  readonly signal: AbortSignal;
  /** Why the engine that asked for the rollout is gone; undefined while it lives. */
  readonly engineGone: () => Promise<string | undefined>;
  /** Stops listening; signals do what they did before. */
  readonly dispose: () => void;
}

const SIGNALS = ["SIGINT", "SIGTERM"] as const;
/** Pulumi's dynamic provider host answers Cancel (Ctrl-C) and does nothing; its HTTP/2 server still tells that it came. */
const STREAMS = "http2.server.stream.start";
const CANCEL = "/pulumirpc.ResourceProvider/Cancel";
const ENGINE_CHECK_MS = 1000;

/** One provider process conducts every gate of a stack at once: they listen together. */
let shared: { users: number; readonly stops: Stops } | undefined;

/** Listens in this process, until everybody who listens has stopped. @param argv tells the engine's address when this is a dynamic provider process */
export function listenForStops(argv: readonly string[] = process.argv): Stops {
  shared ??= { users: 0, stops: listen(argv) };
  const own = shared;
  own.users++;
  return {
    ...own.stops,
    dispose() {
      if (--own.users > 0) return;
      own.stops.dispose();
      shared = undefined;
    },
  };
}

function listen(argv: readonly string[]): Stops {
  const stop = new AbortController();
  let outputClosed = false;

  const onSignal = (signal: NodeJS.Signals) => stop.abort(`stopped by ${signal}`);
  const onStream = (message: unknown) => {
    if (pathOfStream(message) === CANCEL) stop.abort("stopped: pulumi was interrupted");
  };
  // Without a listener a closed pipe is an uncaught error, again for every line the host prints about it.
  const onOutputError = () => {
    outputClosed = true;
  };

  for (const signal of SIGNALS) process.on(signal, onSignal);
  subscribe(STREAMS, onStream);
  for (const output of [process.stdout, process.stderr]) output.on("error", onOutputError);

  const engine = engineAddress(argv);
  return {
    signal: stop.signal,
    engineGone: engine === undefined ? async () => undefined : watchEngine(engine, () => outputClosed),
    dispose() {
      for (const signal of SIGNALS) process.off(signal, onSignal);
      unsubscribe(STREAMS, onStream);
      for (const output of [process.stdout, process.stderr]) output.off("error", onOutputError);
    },
  };
}

let isWatching = false;

/**
 * From now on this process ends when its engine does: killed with -9, pulumi leaves its providers behind. Nobody is conducting any more
 * by then, for a conductor is told by itself and stops first. Does nothing in a process that is no dynamic provider, and keeps none alive.
 */
export function leaveWithEngine(argv: readonly string[] = process.argv): void {
  const engine = engineAddress(argv);
  if (engine === undefined || isWatching) return;
  isWatching = true;
  const engineGone = watchEngine(engine, () => false);
  leaveWhen(engineGone, () => process.exit(1), ENGINE_CHECK_MS);
}

/** Asks every `everyMs` milliseconds whether the engine is gone, and leaves once it is and nobody in this process conducts. */
export function leaveWhen(engineGone: Stops["engineGone"], leave: () => void, everyMs: number): NodeJS.Timeout {
  const look = async () => {
    if ((await engineGone()) !== undefined && shared === undefined) leave();
  };
  return setInterval(() => void look(), everyMs).unref();
}

interface Address {
  readonly host: string;
  readonly port: number;
}

/** Pulumi starts a dynamic provider as `node .../dynamic-provider HOST:PORT`. */
export function engineAddress([, script = "", address = ""]: readonly string[]): Address | undefined {
  const [, host, port] = /^(.+):(\d+)$/.exec(address) ?? [];
  return script.includes("dynamic-provider") && host !== undefined ? { host, port: Number(port) } : undefined;
}

/**
 * Tells when nothing listens at the engine's address any more. The parent's process id would not do: a shell stands
 * between, which lives on after `kill -9` of pulumi.
 */
export function watchEngine(address: Address, outputClosed: () => boolean): () => Promise<string | undefined> {
  let checkedAt = 0;
  let gone = false;
  return async () => {
    if (!gone && performance.now() - checkedAt >= ENGINE_CHECK_MS) {
      gone = await isRefused(address);
      checkedAt = performance.now();
    }
    return gone || outputClosed() ? "the pulumi that asked for this rollout is gone" : undefined;
  };
}

/** Only a refused connection is a sign: a slow engine is alive. */
function isRefused({ host, port }: Address): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: ENGINE_CHECK_MS });
    const end = (refused: boolean) => {
      socket.destroy();
      resolve(refused);
    };
    socket.on("connect", () => end(false));
    socket.on("timeout", () => end(false));
    socket.on("error", (error) => end("code" in error && error.code === "ECONNREFUSED"));
  });
}

function pathOfStream(message: unknown): unknown {
  if (typeof message !== "object" || message === null || !("headers" in message)) return undefined;
  const { headers } = message;
  return typeof headers === "object" && headers !== null && ":path" in headers ? headers[":path"] : undefined;
}
