import { open, readdir, stat } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { PlatformError } from "../errors.ts";
import { parsePodFolder, podsFolder } from "./folders.ts";

/** The log of one run of a container. */
export interface LogFile {
  readonly namespace: string;
  readonly pod: string;
  readonly uid: string;
  readonly container: string;
  /** Restarts before this run. */
  readonly restart: number;
  readonly file: string;
  /** When it was last written to, ms since the epoch. */
  readonly writtenAt: number;
}

export interface LogQuery {
  /** A pod's name, or the beginning of it. */
  readonly pod: string;
  readonly namespace: string;
  /** May be left out when the pod has one container. */
  readonly container?: string;
  /** The run before the present one. @default false */
  readonly previous?: boolean;
}

/** All logs in a node's folder, also of pods that are gone. */
export async function findLogs(dir: string): Promise<LogFile[]> {
  const files = await readdir(podsFolder(dir), { recursive: true }).catch(() => []);
  const logs = files.map(async (path) => {
    const [folder = "", container = "", name = "", ...rest] = path.split("/");
    const owner = parsePodFolder(folder);
    const restart = /^(\d+)\.log$/.exec(name)?.[1];
    if (owner === undefined || restart === undefined || rest.length > 0) return [];
    const file = join(podsFolder(dir), path);
    return [{ ...owner, container, restart: Number(restart), file, writtenAt: (await stat(file)).mtimeMs }];
  });
  return (await Promise.all(logs)).flat();
}

/** The one log that is meant. @throws PlatformError that lists what there is, when there is none or several pods or containers match. */
export function chooseLog(logs: readonly LogFile[], { pod, namespace, container, previous = false }: LogQuery): LogFile {
  const inNamespace = logs.filter((log) => log.namespace === namespace);
  const exact = inNamespace.filter((log) => log.pod === pod);
  const matching = exact.length > 0 ? exact : inNamespace.filter((log) => log.pod.startsWith(pod));
  const newestFirst = matching.sort((a, b) => b.writtenAt - a.writtenAt);
  if (newestFirst.length === 0)
    throw new PlatformError(`no logs of a pod "${pod}" in namespace ${namespace}${listed("there are", inNamespace.map(podOf))}`);
  const names = distinct(newestFirst.map(podOf));
  if (names.length > 1)
    throw new PlatformError(`"${pod}" begins the names of several pods${listed("choose one (the last written to first)", names)}`);

  const ofPod = newestFirst.filter(({ uid }) => uid === newestFirst[0]?.uid); // an earlier pod of the same name has another uid
  const containers = distinct(ofPod.map((log) => log.container));
  const chosen = container ?? (containers.length === 1 ? containers[0] : undefined);
  const runs = ofPod.filter((log) => log.container === chosen).sort((a, b) => b.restart - a.restart);
  if (runs.length === 0) throw new PlatformError(`${names[0]}: choose a container with -c${listed("it has", containers)}`);
  const run = runs[previous ? 1 : 0];
  if (run === undefined) throw new PlatformError(`${names[0]}: container ${chosen} was not restarted, so it has no previous log`);
  return run;
}

const FOLLOW_EVERY_MS = 200;

/** The log's text in pieces; with `follow` also what is written later, in this run and the next ones, until the signal is aborted. */
export async function* readLog(log: LogFile, { follow, signal }: { follow: boolean; signal: AbortSignal }): AsyncIterable<Buffer> {
  for (let { restart } = log; ; restart++) {
    const file = join(log.file, "..", `${restart}.log`);
    const handle = await open(file, "r");
    try {
      for (let isOver = !follow; ; isOver = !follow || (await exists(join(file, "..", `${restart + 1}.log`)))) {
        for await (const piece of handle.createReadStream({ autoClose: false })) yield piece;
        if (isOver || signal.aborted) break;
        await sleep(FOLLOW_EVERY_MS, undefined, { signal }).catch(() => undefined);
      }
    } finally {
      await handle.close();
    }
    if (!follow || signal.aborted) return;
  }
}

async function exists(file: string): Promise<boolean> {
  return stat(file).then(
    () => true,
    () => false,
  );
}

const podOf = ({ pod }: LogFile) => pod;
const distinct = (names: readonly string[]) => [...new Set(names)];
const listed = (lead: string, names: readonly string[]) => (names.length === 0 ? "" : `; ${lead}: ${distinct(names).join(", ")}`);
