// Argo CD: https://argo-cd.readthedocs.io/en/stable/operator-manual/declarative-setup/

export const APPLICATION = { apiVersion: "argoproj.io/v1alpha1", kind: "Application" } as const;

export interface ApplicationSpec {
  readonly project: string;
  readonly source: { readonly repoURL: string; readonly path: string; readonly targetRevision: string };
  readonly destination: ApplicationDestination;
  readonly syncPolicy: {
    readonly automated: { readonly prune: boolean; readonly selfHeal: boolean };
    readonly syncOptions: readonly string[];
    readonly retry: {
      readonly limit: number;
      readonly backoff: { readonly duration: string; readonly factor: number; readonly maxDuration: string };
    };
  };
  readonly ignoreDifferences: readonly {
    readonly group: string;
    readonly kind: string;
    readonly jqPathExpressions: readonly string[];
  }[];
}

export interface ApplicationDestination {
  readonly server: string;
  readonly namespace: string;
}

export const APP_PROJECT = { apiVersion: "argoproj.io/v1alpha1", kind: "AppProject" } as const;

export interface AppProjectSpec {
  readonly description: string;
  readonly sourceRepos: readonly string[];
  readonly destinations: readonly ApplicationDestination[];
  /** Empty: nothing outside of namespaces. */
  readonly clusterResourceWhitelist: readonly GroupKind[];
  readonly namespaceResourceWhitelist: readonly GroupKind[];
}

export interface GroupKind {
  readonly group: string;
  readonly kind: string;
}
