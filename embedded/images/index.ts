// The local image store: what takes the place of a registry on the embedded platform.
export { type BuildOptions, buildImage } from "./build.ts";
export { type ImageReference, needsNoProcess, parseReference } from "./reference.ts";
export { type ImageStore, type NewImage, openImageStore } from "./store.ts";
export type { ImageConfig, LocatedImage, StoredImage } from "./types.ts";
