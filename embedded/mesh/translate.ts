import { catalogueOf } from "./catalogue.ts";
import { readSubsets } from "./destinationRule.ts";
import { endpointResources } from "./endpoints.ts";
import type { JsonObject } from "./json.ts";
import { endpointsFile, ROUTES_FILE } from "./names.ts";
import type { Snapshot } from "./objects.ts";
import type { Problem } from "./problems.ts";
import { routeTable } from "./virtualHosts.ts";

export interface Translation {
  /** Envoy's resources by file name, in the order they must be written: pods before the routes that lead to them. */
  readonly files: ReadonlyMap<string, JsonObject>;
  readonly problems: readonly Problem[];
}

/** The whole mesh as a pure function: what the cluster holds to what Envoy reads. */
export function translate(snapshot: Snapshot): Translation {
  const rules = readSubsets(snapshot.destinationRules);
  const catalogue = catalogueOf(snapshot.services, rules.subsets);
  const endpoints = endpointResources(snapshot.services, snapshot.pods, rules.subsets);
  const { table, problems } = routeTable(snapshot.virtualServices, snapshot.services, catalogue);
  const files = new Map([...endpoints].map(([shard, resource]) => [endpointsFile(shard), discovery(resource)]));
  files.set(ROUTES_FILE, discovery(table));
  return { files, problems: [...rules.problems, ...problems] };
}

/** A file of Envoy's holds the answer of a discovery service, here with exactly one resource. */
function discovery(resource: JsonObject): JsonObject {
  return { resources: [resource] };
}
