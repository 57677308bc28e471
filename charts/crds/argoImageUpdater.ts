// Argo CD Image Updater, since 1.0: https://argocd-image-updater.readthedocs.io/en/stable/configuration/images/

export const IMAGE_UPDATER = { apiVersion: "argocd-image-updater.argoproj.io/v1alpha1", kind: "ImageUpdater" } as const;

export interface ImageUpdaterSpec {
  readonly commonUpdateSettings: { readonly updateStrategy: "semver" };
  readonly writeBackConfig: { readonly method: "git"; readonly gitConfig: { readonly branch: string; readonly writeBackTarget: string } };
  readonly applicationRefs: readonly {
    readonly namePattern: string;
    readonly images: readonly {
      readonly alias: string;
      /** With the versions that are wanted where a tag stands: "ghcr.io/team/echo:1.x". */
      readonly imageName: string;
    }[];
  }[];
}
