// Which paths the API server has for which kinds. Asked once per group and version, and again when a kind is missing,
// because a program may create a CustomResourceDefinition and its objects in one run.
import { type ApiClient, isNotFound } from "./apiClient.ts";
import { type JsonObject, objectsAt, textAt } from "./json.ts";
import { apiVersionOf, type Identity, type Kind } from "./objects.ts";

export interface Endpoint {
  readonly namespaced: boolean;
  /** Path of the collection in a namespace (ignored for kinds outside of namespaces). */
  collection(namespace: string): string;
  object(identity: Identity): string;
}

export interface Discovery {
  /** The endpoint of a kind, or undefined when the server does not know the kind. */
  find(kind: Kind): Promise<Endpoint | undefined>;
  /** Notes the scope that a CustomResourceDefinition of the program will give to its kind once it is created. */
  declare(definition: JsonObject): void;
  /** Whether objects of a kind live in namespaces, by the server or by a declared definition. */
  isNamespaced(kind: Kind): Promise<boolean | undefined>;
}

export function discovery(api: ApiClient): Discovery {
  const groups = new Map<string, Promise<ReadonlyMap<string, Endpoint>>>();
  const declared = new Map<string, boolean>();

  function load(root: string): Promise<ReadonlyMap<string, Endpoint>> {
    const loading = api({ method: "GET", path: root }).then(
      (list) => endpointsOf(list, root),
      (error: unknown) => {
        groups.delete(root);
        if (isNotFound(error)) return new Map<string, Endpoint>();
        throw error;
      },
    );
    groups.set(root, loading);
    return loading;
  }

  async function find(kind: Kind): Promise<Endpoint | undefined> {
    const root = kind.group === "" ? `/api/${kind.version}` : `/apis/${apiVersionOf(kind)}`;
    const cached = groups.get(root);
    const known = (await cached)?.get(kind.kind);
    if (known !== undefined) return known;
    // Whoever comes first asks again; the others that miss a kind at the same moment wait for that answer.
    const current = groups.get(root);
    return (await (current === undefined || current === cached ? load(root) : current)).get(kind.kind);
  }

  return {
    find,
    declare(definition) {
      const kind = textAt(definition, "spec", "names", "kind");
      declared.set(`${textAt(definition, "spec", "group")}/${kind}`, textAt(definition, "spec", "scope") !== "Cluster");
    },
    async isNamespaced(kind) {
      return (await find(kind))?.namespaced ?? declared.get(`${kind.group}/${kind.kind}`);
    },
  };
}

function endpointsOf(list: JsonObject, root: string): ReadonlyMap<string, Endpoint> {
  const resources = objectsAt(list, "resources").filter((resource) => !textAt(resource, "name").includes("/"));
  return new Map(
    resources.map((resource) => [textAt(resource, "kind"), endpoint(root, textAt(resource, "name"), resource.namespaced === true)]),
  );
}

function endpoint(root: string, plural: string, namespaced: boolean): Endpoint {
  const collection = (namespace: string) =>
    namespaced ? `${root}/namespaces/${encodeURIComponent(namespace || "default")}/${plural}` : `${root}/${plural}`;
  return { namespaced, collection, object: ({ namespace, name }) => `${collection(namespace)}/${encodeURIComponent(name)}` };
}

export function isDefinition(object: JsonObject): boolean {
  return textAt(object, "apiVersion").startsWith("apiextensions.k8s.io/") && textAt(object, "kind") === "CustomResourceDefinition";
}
