// How versions get in: Argo Rollouts moves the traffic, Argo CD brings what other repositories say, its Image Updater writes new versions there.
export { Applications, type ApplicationsArgs } from "./applications.ts";
export { ArgoCd, type ArgoCdArgs, type SsoArgs } from "./argoCd.ts";
export { ImageUpdater, type ImageUpdaterArgs } from "./imageUpdater.ts";
export { Rollouts, type RolloutsArgs } from "./rollouts.ts";
