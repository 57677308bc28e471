import { z } from "zod";
import { isNotFound, type Transport } from "./http.ts";
import { defineResource, type KubernetesObject, type Resource } from "./objects.ts";

export type Discover = (apiVersion: string, kind: string) => Promise<Resource>;

const ResourceList = z.object({ resources: z.array(z.object({ name: z.string(), kind: z.string(), namespaced: z.boolean() })) });
type Served = z.infer<typeof ResourceList>["resources"];

/** Asks the server which resource serves a kind, once per group and version; again when the kind is not among the known. */
export function discovery(request: Transport["exchange"]): Discover {
  const known = new Map<string, Served>();

  async function servedBy(apiVersion: string): Promise<Served> {
    const path = apiVersion.includes("/") ? `/apis/${apiVersion}` : `/api/${apiVersion}`;
    const body = await request("GET", path).catch((error: unknown) => {
      if (isNotFound(error)) return { resources: [] };
      throw error;
    });
    const { resources } = ResourceList.parse(body);
    known.set(apiVersion, resources);
    return resources;
  }

  return async (apiVersion, kind) => {
    // A name with a slash is a subresource such as pods/status.
    const matches = ({ name, kind: served }: Served[number]) => served === kind && !name.includes("/");
    const found = known.get(apiVersion)?.find(matches) ?? (await servedBy(apiVersion)).find(matches);
    if (found === undefined) throw new Error(`the API server has no ${kind} in ${apiVersion}`);
    return defineResource<KubernetesObject>(apiVersion, kind, found.name, { namespaced: found.namespaced });
  };
}
