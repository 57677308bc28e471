import { existsSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Policy } from "../components/aws/index.ts";
import { type Cluster, embeddedCluster } from "../components/cluster/index.ts";
import type { Part } from "../components/part.ts";
import { prometheusAddress } from "./platform/observability.ts";
import type { Preset } from "./presets.ts";
import type { Stack } from "./stack.ts";
import versions from "./versions.json" with { type: "json" };

const PROJECT = resolve(import.meta.dirname, "..");

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
  if (cluster.kind === "kind") return createKind(cluster, services, preset);
  if (aws === undefined) throw new Error("a stack on EKS was let in without aws");
  const { createEks } = await import("./cloud/index.ts");
  return createEks(cluster, aws, preset);
}

async function createKind({ name, ...args }: StackCluster<"kind">, services: Stack["services"], preset: Preset): Promise<Ground> {
  const { AppImage, KindCluster } = await import("../components/cluster/kind/index.ts");
  const metricsServer = versions.charts["metrics-server"];
  const own = { ...args, metricsServer, versions: versions.kind, prometheus: prometheusAddress(preset) };
  const cluster = new KindCluster(name ?? `sluice-${pulumi.getStack()}`, own);
  const build = (image: string) => {
    const app = appOf(image, cluster.registry);
    const args = app && { ...app, context: PROJECT, registry: cluster.registry };
    return args && new AppImage(args.name, args, { dependsOn: [...cluster.ready] });
  };
  // Services that run the same image wait for one build of it.
  const builds = new Map([...new Set(Object.values(services).map(({ image }) => image))].map((image) => [image, build(image)]));
  const images = Object.entries(services).flatMap(([service, { image }]) => {
    const built = builds.get(image);
    return built === undefined ? [] : [[service, built] as const];
  });
  return { cluster, cloud: undefined, parts: {}, images: Object.fromEntries(images) };
}

/** The app of this project that an image is built from: one that the cluster's own registry is asked for by tag. */
function appOf(image: string, registry: string) {
  const [, name = "", tag = ""] = image.startsWith(`${registry}/`) ? (/\/([^/:@]+):([^:@]+)$/.exec(image) ?? []) : [];
  const dockerfile = `apps/${name}/Dockerfile`;
  return name !== "" && existsSync(resolve(PROJECT, dockerfile)) ? { name, tag, dockerfile } : undefined;
}
