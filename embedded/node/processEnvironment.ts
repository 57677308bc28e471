import { dirname } from "node:path";
import { CONTAINER_MARK, PLATFORM_MARK } from "../processes/index.ts";

const SYSTEM_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";

export interface ProcessEnvironment {
  readonly podName: string;
  readonly podIP: string;
  /** Folder that is the process's HOME. */
  readonly home: string;
  /** Folder that stands for /tmp, when the pod mounts an emptyDir there. */
  readonly tmp?: string;
  /** ENV of the image. */
  readonly image: Readonly<Record<string, string>>;
  /** What the pod's spec asks for. */
  readonly spec: Readonly<Record<string, string>>;
  /** The container's folder on this machine: tells a node that comes back whose process this is. */
  readonly container: string;
  /** Id of the platform: marks every process of it, so that left-overs can be found. */
  readonly platform?: string;
}

/**
 * The whole environment of a container's process. It has nothing of the node's own environment.
 *
 * HOST is the pod's address, and a service has to listen on it. In a container one would listen on all addresses; here all pods share
 * one machine, and replicas with the same port get out of each other's way only by their addresses. HOST goes before the image's ENV,
 * which knows of no machine but its own; the pod's own `env` has the last word.
 */
export function processEnvironment({
  podName,
  podIP,
  home,
  tmp,
  image,
  spec,
  container,
  platform,
}: ProcessEnvironment): Record<string, string> {
  const merged: Record<string, string> = { PATH: SYSTEM_PATH, HOME: home, HOSTNAME: podName, ...image, HOST: podIP, ...spec };
  if (tmp !== undefined) merged.TMPDIR = tmp;
  merged[CONTAINER_MARK] = container;
  if (platform !== undefined) merged[PLATFORM_MARK] = platform;
  // An image would bring its own runtime; here "node" is the one that runs the project.
  return { ...merged, PATH: `${dirname(process.execPath)}:${merged.PATH}` };
}
