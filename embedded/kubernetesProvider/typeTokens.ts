// Which resource types this plugin takes. It refuses what the official plugin refuses, in the same cases, and names what
// only the official plugin can do.
import { isArray, type JsonObject, textAt } from "./json.ts";
import { annotationOf, type Kind } from "./objects.ts";

/** Modules whose resources are more than one object of the API server. */
const NOT_DONE: readonly { readonly module: RegExp; readonly what: string; readonly instead: string }[] = [
  { module: /^helm\.sh\//, what: "Helm charts and releases", instead: "render the chart and declare its objects" },
  { module: /^yaml(\/v2)?$/, what: "YAML files and groups", instead: "declare each object as a resource of its own" },
  { module: /^kustomize(\/v2)?$/, what: "Kustomize directories", instead: "declare each object as a resource of its own" },
];

/**
 * Reads a Pulumi type token such as `kubernetes:apps/v1:Deployment`.
 *
 * @returns the kind it names, or in `refused` why no resource of that type can be made here.
 */
export function kindOfToken(token: string): { readonly kind: Kind } | { readonly refused: string } {
  const [, module = "", name = ""] = token.split(":");
  const notDone = NOT_DONE.find((entry) => entry.module.test(module));
  if (notDone !== undefined) {
    return { refused: `${token}: ${notDone.what} need the official Kubernetes plugin; with this stand-in, ${notDone.instead}` };
  }
  const [group, version, ...rest] = module.split("/");
  if (!group || !version || rest.length > 0 || name === "") {
    const hint = module === "v1" ? ` (core kinds have a class of their own: k8s.core.v1.${name})` : "";
    return { refused: `${token}: apiVersion does not have both a group and a version: "${module}"${hint}` };
  }
  return { kind: { group: group === "core" ? "" : group, version, kind: name } };
}

/** Annotations that change how the official plugin waits or replaces, and that would be broken promises here. */
const ANNOTATIONS_NOT_DONE = ["pulumi.com/waitFor", "pulumi.com/replaceUnready"];

/**
 * Why an object of this type cannot be made here although its token is well formed: patches of objects of somebody else,
 * lists, which exist for files only, and annotations that ask for more than is done. Undefined when nothing is wrong.
 */
export function refusedInputs(kind: Kind, inputs: JsonObject): string | undefined {
  if (kind.kind.endsWith("Patch") && textAt(inputs, "kind") !== kind.kind) {
    return `${kind.kind}: Patch resources need the official Kubernetes plugin; with this stand-in, own the whole object`;
  }
  if (kind.kind.endsWith("List") && isArray(inputs.items)) {
    return `${kind.kind}: lists exist for YAML files and cannot be created; declare each object as a resource of its own`;
  }
  const annotation = ANNOTATIONS_NOT_DONE.find((name) => annotationOf(inputs, name) !== "");
  if (annotation !== undefined) return `metadata.annotations["${annotation}"] needs the official Kubernetes plugin; take it off`;
  return undefined;
}
