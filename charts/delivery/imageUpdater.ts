import { IMAGE_UPDATER, type ImageUpdaterSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import type { ApplicationProps } from "./application.ts";

/**
 * Follows an application's images and commits each new version to its branch, into kustomization.yaml: the only kind of folder of manifests that
 * it can write to. Git stays what says which version runs; the other way, into the Application's own object, would be undone by the next
 * `pulumi up`. Nothing for an application that follows none.
 */
export function imageUpdaterManifest({ name, branch, images = {} }: ApplicationProps, argoNamespace: string): readonly Manifest[] {
  const followed = Object.entries(images).map(([alias, { repository, versions }]) => ({ alias, imageName: `${repository}:${versions}` }));
  if (followed.length === 0) return [];
  const spec: ImageUpdaterSpec = {
    commonUpdateSettings: { updateStrategy: "semver" },
    writeBackConfig: { method: "git", gitConfig: { branch, writeBackTarget: "kustomization" } },
    applicationRefs: [{ namePattern: name, images: followed }],
  };
  return [{ ...IMAGE_UPDATER, metadata: { name, namespace: argoNamespace }, spec }];
}
