import { existsSync } from "node:fs";
import { resolve } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { AppImage, KindCluster } from "../components/cluster/kind/index.ts";
import type { Ground, StackCluster } from "./ground.ts";
import { prometheusAddress } from "./platform/observability.ts";
import type { Preset } from "./presets.ts";
import { PROJECT } from "./project.ts";
import type { Stack } from "./stack.ts";
import versions from "./versions.json" with { type: "json" };

/** A cluster in containers on this machine, and the images that are built for it. */
export function createKind({ name, ...args }: StackCluster<"kind">, services: Stack["services"], preset: Preset): Ground {
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
