// Names of things: how an object, its kind and its place among Pulumi's types and ids are spelled.
import { type JsonObject, textAt } from "./json.ts";

/** A kind of object. The core group is "". */
export interface Kind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
}

/** Which object of a kind. `namespace` is "" for objects outside of namespaces. */
export interface Identity {
  readonly namespace: string;
  readonly name: string;
}

export function kindOf(object: JsonObject): Kind {
  const apiVersion = textAt(object, "apiVersion");
  const slash = apiVersion.indexOf("/");
  const group = slash < 0 ? "" : apiVersion.slice(0, slash);
  return { group: group === "core" ? "" : group, version: apiVersion.slice(slash + 1), kind: textAt(object, "kind") };
}

export function apiVersionOf({ group, version }: Kind): string {
  return group === "" ? version : `${group}/${version}`;
}

export function identityOf(object: JsonObject): Identity {
  return { namespace: textAt(object, "metadata", "namespace"), name: textAt(object, "metadata", "name") };
}

/** Pulumi's id of an object: `namespace/name`, or `name` outside of namespaces. */
export function idOf({ namespace, name }: Identity): string {
  return namespace === "" ? name : `${namespace}/${name}`;
}

export function parseId(id: string): Identity {
  const slash = id.indexOf("/");
  return { namespace: id.slice(0, Math.max(slash, 0)), name: id.slice(slash + 1) };
}

/** An object as people name it: `Deployment default/echo`. */
export function titleOf(object: JsonObject): string {
  return `${textAt(object, "kind")} ${idOf(identityOf(object))}`;
}

/** The value of an annotation, "" without it. */
export function annotationOf(object: JsonObject, name: string): string {
  return textAt(object, "metadata", "annotations", name);
}

export function hasAnnotation(object: JsonObject, name: string): boolean {
  return annotationOf(object, name) === "true";
}

/** `urn:pulumi:stack::project::parent$type::name`, of which the last type and the name matter here. */
export function parseUrn(urn: string): { readonly type: string; readonly name: string } {
  const [, , types = "", ...name] = urn.split("::");
  return { type: types.slice(types.lastIndexOf("$") + 1), name: name.join("::") };
}
