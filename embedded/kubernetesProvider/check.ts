// Check: completes a resource's inputs (name, namespace) and refuses what cannot be one object of the API server.
import type { Cluster } from "./cluster.ts";
import { isNamespaced } from "./cluster.ts";
import { isDefinition } from "./discovery.ts";
import { isObject, type JsonObject, textAt, withValue } from "./json.ts";
import { type Autonaming, withName } from "./naming.ts";
import { withoutServerMetadata } from "./normalForm.ts";
import { parseUrn } from "./objects.ts";
import { keepSecrets, kubernetesKeys, plainObject, pulumiKeys } from "./propertyValues.ts";
import { kindOfToken, refusedInputs } from "./typeTokens.ts";

export interface CheckRequest {
  readonly urn: string;
  /** Inputs of the last update; undefined for a new resource, and for the new one in a replacement. */
  readonly olds: JsonObject | undefined;
  readonly news: JsonObject;
  readonly suffix: string;
  readonly autonaming: Autonaming | undefined;
}

/**
 * @returns the inputs that Diff, Create and Update get: as the program gave them, with a name and a namespace
 * @throws Error when no resource of this type can be made here
 */
export async function check(cluster: Cluster, request: CheckRequest): Promise<JsonObject> {
  const { type, name: logicalName } = parseUrn(request.urn);
  const token = kindOfToken(type);
  if ("refused" in token) throw new Error(token.refused);
  const given = withoutServerMetadata(kubernetesKeys(plainObject(request.news)));
  const refused = refusedInputs(token.kind, given);
  if (refused !== undefined) throw new Error(refused);

  const oldInputs = request.olds === undefined ? undefined : kubernetesKeys(plainObject(request.olds));
  const named = withName({ inputs: given, oldInputs, logicalName, suffix: request.suffix, autonaming: request.autonaming });
  if (isDefinition(named)) cluster.discovery.declare(named);

  // A kind that nobody knows yet is most likely a namespaced one whose definition comes in this run.
  const namespaced = (await isNamespaced(cluster, token.kind)) ?? true;
  const placed = namespaced && lacksNamespace(named) ? withValue(named, ["metadata", "namespace"], cluster.defaultNamespace) : named;
  return keepSecrets(pulumiKeys(placed), request.news);
}

function lacksNamespace(inputs: JsonObject): boolean {
  return isObject(inputs.metadata) && textAt(inputs, "metadata", "namespace") === "";
}
