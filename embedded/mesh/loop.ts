import { type KubeClient, type KubernetesObject, pods, type Resource, services, watchAll } from "../kube/index.ts";
import type { Log, Problem } from "../part/index.ts";
import { resourceWriter } from "./files.ts";
import { destinationRules, type Snapshot, virtualServices } from "./objects.ts";
import { type ResourceFiles, translateEndpoints, translateRoutes } from "./translate.ts";

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

/**
 * Keeps Envoy's files in step with the cluster for as long as the process lives. Resolves when they are, for the first time: nothing is
 * written before the picture is complete.
 */
export async function startMeshLoop(client: KubeClient, options: MeshLoopOptions): Promise<void> {
  const writer = resourceWriter(options.dir);
  let complete = false;
  let isDue = false;
  let routesChanged = true;
  let writing: Promise<void> = Promise.resolve();

  function watch<T extends KubernetesObject>(resource: Resource<T>, onChange: () => void) {
    return watchAll(client, resource, {
      onChange,
      onError: (error) => options.log("warning", `watching ${resource.plural}: ${error.message}`),
    });
  }
  const watched = {
    pods: watch(pods, schedule),
    services: watch(services, scheduleRoutes),
    virtualServices: watch(virtualServices, scheduleRoutes),
    destinationRules: watch(destinationRules, scheduleRoutes),
  };

  function scheduleRoutes(): void {
    routesChanged = true;
    schedule();
  }

  /** Has the files written soon, unless that is going to happen anyway. */
  function schedule(): void {
    // A picture with parts missing would take pods or routes away that are there.
    if (!complete || isDue) return;
    isDue = true;
    setTimeout(() => queueWrite().catch(options.onFailure), GATHER_MS);
  }

  /** One write at a time, each of the cluster as it is when its turn comes. */
  function queueWrite(): Promise<void> {
    writing = writing.then(write);
    return writing;
  }

  async function write(): Promise<void> {
    isDue = false;
    const began = performance.now();
    // Most changes are of pods alone, and the route table is the larger part. What changes from here on is the next write's.
    const withRoutes = routesChanged;
    routesChanged = false;
    const now = snapshot();
    await writeFiles(translateEndpoints(now), began);
    if (!withRoutes) return;
    const { files, problems } = translateRoutes(now);
    await writeFiles(files, began);
    options.onProblems(problems);
  }

  async function writeFiles(resources: ResourceFiles, began: number): Promise<void> {
    const files = await writer.write(resources);
    if (files.length > 0) options.log("info", "wrote Envoy's resources", { files, ms: Math.round(performance.now() - began) });
  }

  function snapshot(): Snapshot {
    return {
      pods: watched.pods.list(),
      services: watched.services.list(),
      virtualServices: watched.virtualServices.list(),
      destinationRules: watched.destinationRules.list(),
    };
  }

  await Promise.all(Object.values(watched).map(({ synced }) => synced));
  complete = true;
  await queueWrite();
}
