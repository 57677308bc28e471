import { spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync } from "node:fs";
import { constants } from "node:os";
import { signal, statOf } from "../processes/index.ts";

/** How a process ended. A run whose end nobody saw has no exit code. */
export interface Exit {
  /** As a container runtime counts: 128 and the signal's number for a process ended by a signal. */
  readonly exitCode: number | undefined;
}

/** A container's process: the leader of a process group of its own, so that what it starts ends with it. */
export interface ContainerProcess {
  readonly pid: number;
  readonly exited: Promise<Exit>;
  /** Signals the whole group. Does nothing once it has ended. */
  signal(name: "SIGTERM" | "SIGKILL"): void;
}

export interface Command {
  /** The program, looked up on the environment's PATH, and its arguments. */
  readonly words: readonly string[];
  readonly environment: Readonly<Record<string, string>>;
  readonly workingDir: string;
  /** Takes stdout and stderr. The process writes to it itself, so that it goes on when the node does not. */
  readonly logFile: string;
}

/** Starts a command. @throws Error of the operating system when it cannot be started, e.g. because there is no such program. */
export async function startProcess({ words, environment, workingDir, logFile }: Command): Promise<ContainerProcess> {
  const [program = "", ...args] = words;
  const log = openSync(logFile, "a");
  try {
    const child = spawn(program, args, { cwd: workingDir, env: environment, detached: true, stdio: ["ignore", log, log] });
    const exited = new Promise<Exit>((resolve) =>
      child.once("exit", (code, signal) => resolve({ exitCode: code ?? 128 + (signal === null ? 0 : constants.signals[signal]) })),
    );
    await once(child, "spawn");
    return overGroup(child.pid ?? 0, exited);
  } finally {
    closeSync(log);
  }
}

/** How often an adopted process is looked at: it is no child of this node, so nobody tells when it ends. */
const LOOK_MS = 500;

/** Takes over a process that a former node started. */
export function adoptProcess(pid: number): ContainerProcess {
  const born = statOf(pid)?.startTime;
  const exited = new Promise<Exit>((resolve) => {
    const timer = setInterval(() => {
      if (born !== undefined && statOf(pid)?.startTime === born) return;
      clearInterval(timer);
      resolve({ exitCode: undefined });
    }, LOOK_MS);
  });
  return overGroup(pid, exited);
}

function overGroup(pid: number, exited: Promise<Exit>): ContainerProcess {
  let ended = false;
  const all = exited.then((exit) => {
    signal(-pid, "SIGKILL"); // a container ends with its first process, and so does everything that process left behind
    ended = true;
    return exit;
  });
  return { pid, exited: all, signal: (name) => void (ended || signal(-pid, name)) };
}
