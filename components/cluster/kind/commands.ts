// The commands that make, read and remove a kind cluster, as resources: each with the script of its own (scripts.ts).
import { createHash } from "node:crypto";
import { local } from "@pulumi/command";
import type * as pulumi from "@pulumi/pulumi";
import { REGISTRY_CONFIG } from "./config.ts";
import * as scripts from "./scripts.ts";

/** What the scripts have to be told. */
export interface KindNames {
  readonly cluster: string;
  /** Name of the registry's container. */
  readonly registry: string;
  readonly registryPort: number;
  readonly versions: { readonly version: string; readonly registry: string };
}

type Options = pulumi.CustomResourceOptions;

export function createRegistry(names: KindNames, options: Options): local.Command {
  const environment = { ...environmentOf(names), REGISTRY_IMAGE: names.versions.registry };
  const args = { create: scripts.startRegistry, delete: scripts.removeRegistry, environment };
  // Another port or image is another container, of the same name.
  const triggers = [names.registryPort, names.versions.registry];
  return new local.Command(names.registry, { ...args, triggers }, { ...options, deleteBeforeReplace: true });
}

export function createCluster(names: KindNames, config: string, options: Options): local.Command {
  const environment = { ...environmentOf(names), MARK: markOf(config) };
  const args = { create: scripts.createCluster, delete: scripts.deleteCluster, stdin: config, environment };
  return new local.Command(names.cluster, { ...args, triggers: [config] }, { ...options, deleteBeforeReplace: true });
}

/** Its stdout is the kubeconfig: a secret, in no log and in no other process' environment. */
export function readKubeconfig(names: KindNames, cluster: local.Command, options: Options): local.Command {
  const quiet = { logging: local.Logging.None, addPreviousOutputInEnv: false };
  const args = { create: scripts.readKubeconfig, environment: environmentOf(names), triggers: [cluster.id], ...quiet };
  return new local.Command(`${names.cluster}-kubeconfig`, args, { ...options, additionalSecretOutputs: ["stdout"] });
}

export function connectRegistry(names: KindNames, both: readonly local.Command[], options: Options): local.Command {
  const environment = { ...environmentOf(names), REGISTRY_CONFIG };
  const args = { create: scripts.connectRegistry, environment, triggers: both.map(({ id }) => id) };
  return new local.Command(`${names.registry}-connection`, args, options);
}

/** Tells a cluster that was made of this config from any other. */
export function markOf(config: string): string {
  return createHash("sha256").update(config).digest("hex").slice(0, 16);
}

function environmentOf({ cluster, registry, registryPort, versions }: KindNames) {
  return { CLUSTER: cluster, REGISTRY: registry, REGISTRY_PORT: String(registryPort), KIND_VERSION: versions.version };
}
