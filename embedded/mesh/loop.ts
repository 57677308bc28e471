import { type KubeClient, type KubernetesObject, pods, type Resource, services, watchAll } from "../kube/index.ts";
import { type Log, type Problem, paced } from "../standIn/index.ts";
import { resourceWriter } from "./files.ts";
import { destinationRules, type Snapshot, virtualServices } from "./objects.ts";
import { type ResourceFiles, translateEndpoints, translateRoutes } from "./translate.ts";

/** Changes that come together are written together. */
const PACE = { gatherMs: 10, restMs: 0 } as const;

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
  const requestWrite = paced(write, PACE, options.onFailure);
  let complete = false;
  let routesChanged = true;

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

  /** A picture with parts missing would take pods or routes away that are there. */
  function schedule(): void {
    if (complete) requestWrite();
  }

  async function write(): Promise<void> {
    const began = performance.now();
    // Most changes are of pods alone, and the route table is the larger part. What changes from here on is the next write's.
    const withRoutes = routesChanged;
    routesChanged = false;
    const now = snapshot();
    writeFiles(translateEndpoints(now), began);
    if (!withRoutes) return;
    const { files, problems } = translateRoutes(now);
    writeFiles(files, began);
    options.onProblems(problems);
  }

  function writeFiles(resources: ResourceFiles, began: number): void {
    const files = writer.write(resources);
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
  await write();
  complete = true;
  // What changed during the first write.
  requestWrite();
}
