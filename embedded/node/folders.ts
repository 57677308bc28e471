// Where the node keeps what belongs to a pod: <dir>/pods/<namespace>_<name>_<uid>/{<container>/{<restart>.log, home/}, .volumes/<name>/}.
import { join } from "node:path";
import type { Pod } from "./types.ts";

export function podsFolder(dir: string): string {
  return join(dir, "pods");
}

function podFolder(dir: string, { metadata }: Pod): string {
  return join(podsFolder(dir), `${metadata?.namespace}_${metadata?.name}_${metadata?.uid}`);
}

export function containerFolder(dir: string, pod: Pod, container: string): string {
  return join(podFolder(dir, pod), container);
}

/** The folder of an emptyDir, which all containers of the pod share. */
export function volumeFolder(dir: string, pod: Pod, volume: string): string {
  return join(podFolder(dir, pod), ".volumes", volume);
}

/** The log of one run of a container; the first run is 0. */
export function logFile(folder: string, restart: number): string {
  return join(folder, `${restart}.log`);
}

/** The parts of a pod folder's name, or undefined when it is not one. Neither namespaces, names nor uids can have an underscore. */
export function parsePodFolder(name: string): { readonly namespace: string; readonly pod: string; readonly uid: string } | undefined {
  const [, namespace, pod, uid] = /^([^_]+)_([^_]+)_([^_]+)$/.exec(name) ?? [];
  return namespace && pod && uid ? { namespace, pod, uid } : undefined;
}
