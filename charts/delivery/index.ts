// What Argo CD brings from Git, and where it may bring it.
export { type ApplicationProps, applicationManifest } from "./application.ts";
export { imageUpdaterManifest } from "./imageUpdater.ts";
export { controllerRules, DELIVERED, inclusions, viewerRules } from "./kinds.ts";
export { projectManifest } from "./project.ts";
