import type { Problem } from "../standIn/index.ts";
import { catalogueOf } from "./catalogue.ts";
import { readSubsets } from "./destinationRule.ts";
import { endpointResources } from "./endpoints.ts";
import type { JsonObject } from "./json.ts";
import { endpointsFile, ROUTES_FILE } from "./names.ts";
import type { Snapshot } from "./objects.ts";
import { routeTable } from "./virtualHosts.ts";

/** Envoy's resources by file name. */
export type ResourceFiles = ReadonlyMap<string, JsonObject>;

export interface Translation {
  /** In the order in which they must be written: pods before the routes that lead to them. */
  readonly files: ResourceFiles;
  readonly problems: readonly Problem[];
}

/** The whole mesh as a pure function: what the cluster holds to what Envoy reads. */
export function translate(snapshot: Snapshot): Translation {
  const { files, problems } = translateRoutes(snapshot);
  return { files: new Map([...translateEndpoints(snapshot), ...files]), problems };
}

/** The part that pods change. */
export function translateEndpoints({ services, pods, destinationRules }: Snapshot): ResourceFiles {
  const resources = endpointResources(services, pods, readSubsets(destinationRules).subsets);
  return new Map([...resources].map(([shard, resource]) => [endpointsFile(shard), discovery(resource)]));
}

/** The part that does not depend on pods. */
export function translateRoutes({ services, destinationRules, virtualServices }: Omit<Snapshot, "pods">): Translation {
  const rules = readSubsets(destinationRules);
  const { table, problems } = routeTable(virtualServices, services, catalogueOf(services, rules.subsets));
  return { files: new Map([[ROUTES_FILE, discovery(table)]]), problems: [...rules.problems, ...problems] };
}

/** A file of Envoy's holds the answer of a discovery service, here with exactly one resource. */
function discovery(resource: JsonObject): JsonObject {
  return { resources: [resource] };
}
