import { basename, dirname } from "node:path";
import { CONTAINER_MARK, processesWith, signal, statOf } from "../processes/index.ts";
import { parsePodFolder, podsFolder } from "./folders.ts";

/** A container's process that a former node started and that lives on. */
export interface Leftover {
  readonly uid: string;
  readonly container: string;
  readonly pid: number;
}

/** Finds the processes of a former node with the same folder, by the mark in their environment: leaders of their groups only. */
export function findLeftovers(dir: string): readonly Leftover[] {
  return processesWith(CONTAINER_MARK).flatMap(({ pid, environment }) => {
    const mark = environment.get(CONTAINER_MARK) ?? "";
    const folder = dirname(mark);
    const uid = parsePodFolder(basename(folder))?.uid;
    if (uid === undefined || dirname(folder) !== podsFolder(dir) || statOf(pid)?.group !== pid) return [];
    return [{ uid, container: basename(mark), pid }];
  });
}

/** Ends left-overs that nobody takes over: their pods were deleted while there was no node, so their grace is long over. */
export function endLeftovers(leftovers: Iterable<Leftover>): void {
  for (const { pid } of leftovers) signal(-pid, "SIGKILL");
}
