import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Policy } from "../components/aws/index.ts";
import { type Cluster, embeddedCluster } from "../components/cluster/index.ts";
import type { Part } from "../components/part.ts";
import type { Preset } from "./presets.ts";
import { PROJECT } from "./project.ts";
import type { Stack } from "./stack.ts";

/** What everything else stands on. */
export interface Ground {
  readonly cluster: Cluster;
  /** AWS, where the stack lives there. */
  readonly cloud: Cloud | undefined;
  /** What the cluster itself must be watched for, by part. */
  readonly parts: Readonly<Record<string, Part>>;
  /** Images that are built here, by service. */
  readonly images: Readonly<Record<string, pulumi.Resource>>;
}

export interface Cloud {
  readonly provider: pulumi.ProviderResource;
  readonly account: string;
  readonly region: string;
  readonly clusterName: string;
  /** Gives the pods of a service account rights in AWS. */
  grant(name: string, rights: CloudRights): void;
}

export interface CloudRights {
  readonly namespace: string;
  readonly serviceAccount: string;
  readonly description: string;
  readonly rights: Policy;
}

export type StackCluster<Kind extends Stack["cluster"]["kind"]> = Extract<Stack["cluster"], { readonly kind: Kind }>;

/** The cluster, made or found, and what is below it. */
export async function createGround({ cluster, aws, services }: Stack, preset: Preset): Promise<Ground> {
  if (cluster.kind === "embedded") {
    const stateDir = resolve(PROJECT, cluster.stateDir ?? `.sluice/${pulumi.getStack()}`);
    return { cluster: embeddedCluster({ stateDir, metricsServer: cluster.metricsServer }), cloud: undefined, parts: {}, images: {} };
  }
  // Each kind of cluster loads what it is made of, and no other does.
  if (cluster.kind === "kind") return (await import("./kind.ts")).createKind(cluster, services, preset);
  if (aws === undefined) throw new Error("a stack on EKS was let in without aws");
  return (await import("./cloud/index.ts")).createEks(cluster, aws, preset);
}
