import { logTail } from "../logFiles.ts";
import type { PodEvent } from "./events.ts";
import { startProbes } from "./prober.ts";
import type { ContainerProcess, Exit } from "./process.ts";
import type { Ended } from "./record.ts";
import { lost } from "./restore.ts";
import { terminate } from "./terminate.ts";
import type { Container, Pod, Probe } from "./types.ts";

/** A process that is to be followed as a container's run. */
export interface NewRun {
  readonly container: Container;
  readonly process: ContainerProcess;
  readonly logFile: string;
  /** ms since the epoch. */
  readonly startedAt: number;
  /** The startup probe has passed before, under a former node. */
  readonly startupPassed: boolean;
}

/** Told what happens to a pod's containers. */
export interface RunListener {
  probed(container: string, seen: { readonly started?: boolean; readonly ready?: boolean }): void;
  ended(container: string, end: Ended): void;
  event(event: PodEvent): void;
}

/** The containers of one pod that run as processes, each with its probes. */
export interface Runs {
  follow(run: NewRun): void;
  readonly size: number;
  /** Ends all, see terminate. Resolves when all have ended and the listener was told. */
  end(how: { readonly graceMs: number; readonly drain: boolean }): Promise<void>;
}

interface Run extends NewRun {
  readonly probes: { stop(): void };
  /** Resolves when the listener has been told of the end. */
  readonly over: Promise<void>;
}

const DEFAULT_GRACE_SECONDS = 30;

export function podRuns(pod: Pod, podIP: string, listener: RunListener): Runs {
  const runs = new Map<string, Run>();

  function follow(run: NewRun): void {
    const { container, process } = run;
    const { name } = container;
    const probes = startProbes(container, podIP, probeListener(run), run.startupPassed);
    const over = process.exited.then((exit) => {
      probes.stop();
      runs.delete(name);
      listener.ended(name, endOf(run, exit));
    });
    runs.set(name, { ...run, probes, over });
  }

  function probeListener({ container, process }: NewRun) {
    const { name } = container;
    return {
      started: () => listener.probed(name, { started: true, ready: container.readinessProbe === undefined }),
      ready: (ready: boolean) => listener.probed(name, { ready }),
      failed: (kind: string, message: string) =>
        listener.event({ type: "Warning", reason: "Unhealthy", message: `${capital(kind)} probe failed: ${message}`, container: name }),
      dead: (kind: string, probe: Probe) => {
        listener.event({
          type: "Normal",
          reason: "Killing",
          message: `Container ${name} failed ${kind} probe, will be restarted`,
          container: name,
        });
        void terminate({ container, process, podIP, graceMs: graceOf(pod, probe) });
      },
    };
  }

  async function end(how: { readonly graceMs: number; readonly drain: boolean }): Promise<void> {
    await Promise.all(
      [...runs.values()].map(async ({ container, process, probes, over }) => {
        probes.stop();
        await terminate({ container, process, podIP, ...how });
        await over;
      }),
    );
  }

  return {
    follow,
    end,
    get size() {
      return runs.size;
    },
  };
}

/** The grace of a container that a probe has given up, in ms: the probe's own, else the pod's. */
function graceOf({ spec }: Pod, probe: Probe): number {
  return (probe.terminationGracePeriodSeconds ?? spec?.terminationGracePeriodSeconds ?? DEFAULT_GRACE_SECONDS) * 1000;
}

function endOf({ container, logFile, startedAt }: NewRun, { exitCode }: Exit): Ended {
  const finishedAt = Date.now();
  if (exitCode === undefined) return lost(startedAt, finishedAt);
  if (exitCode === 0) return { exitCode, reason: "Completed", startedAt, finishedAt };
  // As much of the log as a kubelet takes.
  const message = container.terminationMessagePolicy === "FallbackToLogsOnError" ? logTail(logFile, { lines: 80, bytes: 2048 }) : "";
  return { exitCode, reason: "Error", ...(message !== "" && { message }), startedAt, finishedAt };
}

function capital(word: string): string {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
