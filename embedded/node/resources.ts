import type { V1Lease } from "@kubernetes/client-node";
import { defineResource, type KubeClient, type KubernetesObject, pods, type Resource, type Wire } from "../kube/index.ts";
import { type Objects, sourcesOf } from "./environment.ts";
import type { ConfigMap, Container, Pod, PodStatus, Secret } from "./types.ts";

export type Lease = Wire<V1Lease>;

export const leases = defineResource<Lease>("coordination.k8s.io/v1", "Lease", "leases");
const configMaps = defineResource<ConfigMap>("v1", "ConfigMap", "configmaps");
const secrets = defineResource<Secret>("v1", "Secret", "secrets");

/** Reads the ConfigMaps and Secrets a container takes its environment from. What is not there is left out. */
export async function readSources(client: KubeClient, container: Container, namespace: string): Promise<Objects> {
  const names = sourcesOf(container);
  return {
    configMaps: await readAll(client, configMaps, names.configMaps, namespace),
    secrets: await readAll(client, secrets, names.secrets, namespace),
  };
}

async function readAll<T extends KubernetesObject>(
  client: KubeClient,
  resource: Resource<T>,
  names: ReadonlySet<string>,
  namespace: string,
) {
  const found = new Map<string, T>();
  for (const name of names) {
    const object = await client.get(resource, name, namespace);
    if (object !== undefined) found.set(name, object);
  }
  return found;
}

/** Writes a pod's status. @throws ApiError when the pod is gone, also when another has taken its name. */
export async function writeStatus(client: KubeClient, { metadata }: Pod, { conditions = [], ...status }: PodStatus): Promise<void> {
  const { name = "", namespace = "default", uid } = metadata ?? {};
  // A patch merges conditions by their type: a reason that no longer holds has to be taken away.
  const cleared = conditions.map((condition) => ({ reason: null, message: null, ...condition }));
  // The uid makes the server refuse a status that is meant for an earlier pod of the same name.
  const patch = { metadata: { uid }, status: { ...status, conditions: cleared } };
  await client.patch(pods, name, patch, { namespace, subresource: "status", type: "strategic" });
}
