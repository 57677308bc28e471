// A cluster on this machine, in containers: kind with a registry of its own, and images of apps/ in it. Apart from ../index.ts, so that other stacks do not load it.
export { AppImage, type AppImageArgs } from "./appImage.ts";
export { KindCluster, type KindClusterArgs, type KindVersions } from "./kindCluster.ts";
