// Property values as the engine sends them: JSON in which secrets and not yet known values are marked by fixed strings.
// The marks are part of Pulumi's protocol (sdk/proto: "property values"), so they are spelled here and nowhere else.
import { isArray, isObject, type Json, type JsonObject } from "./json.ts";

const SIGNATURE = "4dabf18193072939515e22adb298388d";
const SECRET = "1b47061264138c4ac30d75fd1eb44270";

/** One mark for every type a value may have once it is known: string, bool, number, array, asset, archive, object. */
const UNKNOWNS: ReadonlySet<Json> = new Set([
  "04da6b54-80e4-46f7-96ec-b56ff0331ba9",
  "1c4a061d-8072-4f0a-a4cb-0ff528b18fe7",
  "3eeb2bf0-c639-47a8-9e75-3b44932eb421",
  "6a19a0b0-7e62-4c92-b797-7f8e31da9cc2",
  "030794c1-ac77-496b-92df-f27374a8bd58",
  "e48ece36-62e2-4504-bad9-02848725956a",
  "dd056dcd-154b-4c76-9bd3-c8f88648b5ff",
]);

/** What stands for a value that is only known after `up`. */
export const UNKNOWN = "04da6b54-80e4-46f7-96ec-b56ff0331ba9";

export function isUnknown(value: Json | undefined): boolean {
  return value !== undefined && UNKNOWNS.has(value);
}

/** Whether anything inside is not known yet. Such an object cannot be shown to the API server. */
export function hasUnknowns(value: Json | undefined): boolean {
  if (isArray(value)) return value.some(hasUnknowns);
  if (isObject(value)) return Object.values(value).some(hasUnknowns);
  return isUnknown(value);
}

export function secret(value: Json): JsonObject {
  return { [SIGNATURE]: SECRET, value };
}

export function isSecret(value: Json | undefined): value is JsonObject {
  return isObject(value) && value[SIGNATURE] === SECRET;
}

function hasSecrets(value: Json | undefined): boolean {
  if (isSecret(value)) return true;
  if (isArray(value)) return value.some(hasSecrets);
  return isObject(value) && Object.values(value).some(hasSecrets);
}

/** The same value with the secret marks taken off, at any depth. */
export function plain(value: Json): Json {
  if (isSecret(value)) return plain(value.value ?? null);
  if (isArray(value)) return value.map(plain);
  return isObject(value) ? plainObject(value) : value;
}

/** `plain` for a bag of properties. */
export function plainObject(properties: JsonObject): JsonObject {
  const inner = isSecret(properties) ? properties.value : properties;
  if (!isObject(inner)) return {};
  return Object.fromEntries(Object.entries(inner).map(([key, value]) => [key, plain(value)]));
}

/**
 * Marks secret in `values` whatever is secret in `marked`. A list with a secret in it becomes secret as a whole, because
 * the server may have put its items in another order. Of a Kubernetes Secret, `data` and `stringData` are always secret.
 */
export function keepSecrets(values: JsonObject, marked: JsonObject): JsonObject {
  const isSecretKind = values.kind === "Secret";
  return Object.fromEntries(
    Object.entries(values).map(([key, value]) => {
      if (isSecretKind && (key === "data" || key === "stringData")) return [key, secret(value)];
      const mark = marked[key];
      if (isObject(value) && isObject(mark) && !isSecret(mark)) return [key, keepSecrets(value, mark)];
      return [key, hasSecrets(mark) ? secret(value) : value];
    }),
  );
}

/** Keys of OpenAPI extensions, which are no identifiers in some of Pulumi's languages and so have another spelling there. */
const EXTENSIONS = [
  "preserve-unknown-fields",
  "embedded-resource",
  "int-or-string",
  "list-map-keys",
  "list-type",
  "map-type",
  "validations",
];
const TO_KUBERNETES = new Map(EXTENSIONS.map((name) => [`x_kubernetes_${name.replaceAll("-", "_")}`, `x-kubernetes-${name}`]));
const TO_PULUMI = new Map([...TO_KUBERNETES].map(([pulumi, kubernetes]) => [kubernetes, pulumi]));

export function kubernetesKeys(value: JsonObject): JsonObject {
  return renameKeys(value, TO_KUBERNETES);
}

export function pulumiKeys(value: JsonObject): JsonObject {
  return renameKeys(value, TO_PULUMI);
}

function renameKeys(object: JsonObject, names: ReadonlyMap<string, string>): JsonObject {
  const rename = (value: Json): Json => (isArray(value) ? value.map(rename) : isObject(value) ? renameKeys(value, names) : value);
  return Object.fromEntries(Object.entries(object).map(([key, value]) => [names.get(key) ?? key, rename(value)]));
}
