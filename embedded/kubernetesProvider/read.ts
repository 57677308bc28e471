// Read: the live object, for a refresh (drift), an import, or a `get` in the program.
import { checkpointProperties, importedInputs, inputsFrom, readCheckpoint } from "./checkpoint.ts";
import { type Cluster, randomSuffix, readLive } from "./cluster.ts";
import { describe } from "./errorTexts.ts";
import { fieldManagerOf } from "./fieldManagers.ts";
import { type JsonObject, textAt } from "./json.ts";
import { apiVersionOf, identityOf, idOf, type Kind, kindOf, parseId, parseUrn } from "./objects.ts";
import { keepSecrets, kubernetesKeys, plainObject, pulumiKeys } from "./propertyValues.ts";
import { kindOfToken } from "./typeTokens.ts";

export interface ReadRequest {
  readonly urn: string;
  /** `namespace/name`, or `name`. */
  readonly id: string;
  /** State; {} in an import. */
  readonly properties: JsonObject;
  /** Inputs in state; {} in an import. */
  readonly inputs: JsonObject;
}

export interface ReadAnswer {
  readonly id: string;
  readonly properties: JsonObject;
  readonly inputs: JsonObject;
}

/** @returns undefined when the object is gone, or its kind is */
export async function read(cluster: Cluster, { urn, id, properties, inputs }: ReadRequest): Promise<ReadAnswer | undefined> {
  const state = readCheckpoint(properties);
  const oldInputs = kubernetesKeys(plainObject(inputs));
  const isImport = textAt(oldInputs, "metadata", "name") === "";
  const { namespace, name } = parseId(id);
  const kind = textAt(state.live, "kind") === "" ? kindOfUrn(urn) : kindOf(state.live);

  const endpoint = await cluster.discovery.find(kind);
  if (endpoint === undefined) return undefined;
  const live = await readLive(cluster, endpoint, { namespace: namespace || cluster.defaultNamespace, name }).catch((error: unknown) => {
    throw describe("read", { apiVersion: apiVersionOf(kind), kind: kind.kind, metadata: { namespace, name } }, error);
  });
  if (live === undefined) return undefined;

  const liveInputs = isImport ? importedInputs(live) : inputsFrom(live, oldInputs);
  const fieldManager = fieldManagerOf(liveInputs, state.fieldManager, randomSuffix());
  const initialApiVersion = state.initialApiVersion || textAt(live, "apiVersion");
  return {
    id: idOf(identityOf(live)),
    properties: checkpointProperties({ inputs: liveInputs, live, initialApiVersion, fieldManager }, inputs),
    inputs: keepSecrets(pulumiKeys(liveInputs), inputs),
  };
}

function kindOfUrn(urn: string): Kind {
  const token = kindOfToken(parseUrn(urn).type);
  if ("refused" in token) throw new Error(token.refused);
  return token.kind;
}
