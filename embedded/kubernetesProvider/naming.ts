// Names of objects whose program gives none.
import { at, type JsonObject, textAt, withValue } from "./json.ts";
import { hasAnnotation, identityOf } from "./objects.ts";
import { isUnknown } from "./propertyValues.ts";

/** Kept on every object named here, so that a later update knows that the name was not the program's choice. */
export const AUTONAMED = "pulumi.com/autonamed";

/** What the engine asks for by the stack's `pulumi:autonaming` setting. */
export interface Autonaming {
  readonly mode: "propose" | "enforce" | "disable";
  readonly proposedName: string;
}

export interface NamingRequest {
  readonly inputs: JsonObject;
  /** Inputs of the last update; undefined when the resource is new. */
  readonly oldInputs: JsonObject | undefined;
  /** The resource's name in the program. */
  readonly logicalName: string;
  /** Eight hexadecimal digits, by chance or from the engine's seed. */
  readonly suffix: string;
  readonly autonaming: Autonaming | undefined;
}

/** Whether the name of an object was chosen here: it may then be replaced under another name before the old one goes. */
export function isAutonamed(inputs: JsonObject): boolean {
  return hasAnnotation(inputs, AUTONAMED);
}

/**
 * The inputs with a name. A name of the program stays (also one that is not known yet); a name given here before stays
 * too; else the object is called `<logical name>-<8 hex digits>`, as the official plugin does.
 *
 * @throws Error when a name must be generated and either the stack forbids it or the program asks the server to.
 */
export function withName({ inputs, oldInputs, logicalName, suffix, autonaming }: NamingRequest): JsonObject {
  if (isUnknown(inputs.metadata)) return inputs;
  if (textAt(inputs, "metadata", "name") !== "") return inputs;
  if (oldInputs !== undefined && isAutonamed(oldInputs)) return named(inputs, identityOf(oldInputs).name);
  if (at(inputs, "metadata", "generateName") !== undefined) {
    throw new Error(
      "metadata.generateName: not supported with server-side apply; leave it out to get a generated name, or set metadata.name",
    );
  }
  if (autonaming?.mode === "disable") throw new Error("metadata.name: must be set, because the stack switches autonaming off");
  return named(inputs, autonaming?.proposedName || `${logicalName}-${suffix}`);
}

function named(inputs: JsonObject, name: string): JsonObject {
  const withItsName = withValue(inputs, ["metadata", "name"], name);
  if (isUnknown(at(inputs, "metadata", "annotations"))) return withItsName;
  return withValue(withItsName, ["metadata", "annotations", AUTONAMED], "true");
}
