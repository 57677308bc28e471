import { type KubeClient, type KubernetesObject, type Resource, watchAll } from "../kube/index.ts";
import { resourceWriter } from "./files.ts";
import type { Log } from "./log.ts";
import { destinationRules, pods, type Snapshot, services, virtualServices } from "./objects.ts";
import type { Problem } from "./problems.ts";
import { translate } from "./translate.ts";

/** Changes that come together are written together. */
const GATHER_MS = 10;

export interface MeshLoopOptions {
  /** Envoy's folder, see EnvoyFlags. */
  readonly dir: string;
  readonly log: Log;
  /** Told after each write what is wrong with the objects as they are. */
  readonly onProblems: (problems: readonly Problem[]) => void;
  /** Told when Envoy's files could not be written. */
  readonly onFailure: (error: unknown) => void;
}

export interface MeshLoop {
  /** Resolves when Envoy's files say what the cluster says. */
  readonly ready: Promise<void>;
  stop(): void;
}

/** Keeps Envoy's files in step with the cluster, from the first complete picture on. */
export function startMeshLoop(client: KubeClient, options: MeshLoopOptions): MeshLoop {
  const writer = resourceWriter(options.dir);
  let complete = false;
  let timer: NodeJS.Timeout | undefined;
  let writing: Promise<void> = Promise.resolve();

  function watch<T extends KubernetesObject>(resource: Resource<T>) {
    const onError = (error: Error) => options.log("warning", `watching ${resource.plural}: ${error.message}`);
    return watchAll(client, resource, { onChange: schedule, onError });
  }
  const watched = {
    pods: watch(pods),
    services: watch(services),
    virtualServices: watch(virtualServices),
    destinationRules: watch(destinationRules),
  };

  function schedule(): void {
    // A picture with parts missing would take pods or routes away that are there.
    if (!complete || timer !== undefined) return;
    timer = setTimeout(() => {
      timer = undefined;
      queueWrite().catch(options.onFailure);
    }, GATHER_MS);
  }

  /** One write at a time, each of the cluster as it is when its turn comes. */
  function queueWrite(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  async function write(): Promise<void> {
    const began = performance.now();
    const { files, problems } = translate(snapshot());
    const changed = await writer.write(files);
    if (changed.length > 0) options.log("info", "wrote Envoy's resources", { files: changed, ms: Math.round(performance.now() - began) });
    options.onProblems(problems);
  }

  function snapshot(): Snapshot {
    return {
      pods: watched.pods.list(),
      services: watched.services.list(),
      virtualServices: watched.virtualServices.list(),
      destinationRules: watched.destinationRules.list(),
    };
  }

  async function begin(): Promise<void> {
    await Promise.all(Object.values(watched).map(({ synced }) => synced));
    complete = true;
    await queueWrite();
  }

  return {
    ready: begin(),
    stop() {
      clearTimeout(timer);
      for (const { stop } of Object.values(watched)) stop();
    },
  };
}
