import { APPLICATION, type ApplicationDestination, type ApplicationSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";

/** A folder of manifests in Git that is kept in the cluster. */
export interface ApplicationProps {
  readonly name: string;
  /** https address of the repository. */
  readonly repository: string;
  /** Folder in it: of manifests as charts/service makes them, or with a kustomization.yaml over them where new images are to be written. */
  readonly path: string;
  readonly branch: string;
  /** Where the objects go. */
  readonly namespace: string;
  /** Images whose new versions are written into the branch, by a name for each. Left out, whoever commits is the only one who changes a tag. */
  readonly images?: Readonly<Record<string, FollowedImage>>;
}

export interface FollowedImage {
  /** Without a tag: "ghcr.io/team/echo". */
  readonly repository: string;
  /** Which versions are wanted, as a semantic version's range: "1.x". */
  readonly versions: string;
}

/**
 * What Argo Rollouts writes into objects that come from Git. It is neither a difference to be mended nor overwritten when something else is. For
 * a list of a custom kind Argo CD can only keep the whole of it (argoproj/argo-cd#17694): a VirtualService's routes are taken from Git when it
 * is made, and never again.
 */
const WRITTEN_BY_ROLLOUTS: ApplicationSpec["ignoreDifferences"] = [
  { group: "networking.istio.io", kind: "VirtualService", jqPathExpressions: [".spec.http[].route[].weight"] },
  { group: "", kind: "Service", jqPathExpressions: ['.spec.selector."rollouts-pod-template-hash"'] },
];

/** @param argoNamespace where Argo CD is */
export function applicationManifest(app: ApplicationProps, project: string, argoNamespace: string): Manifest {
  const spec: ApplicationSpec = {
    project,
    source: { repoURL: app.repository, path: app.path, targetRevision: app.branch },
    destination: destination(app),
    syncPolicy: {
      automated: { prune: true, selfHeal: true },
      syncOptions: ["RespectIgnoreDifferences=true"],
      retry: { limit: 5, backoff: { duration: "10s", factor: 2, maxDuration: "5m" } },
    },
    ignoreDifferences: WRITTEN_BY_ROLLOUTS,
  };
  return { ...APPLICATION, metadata: { name: app.name, namespace: argoNamespace }, spec };
}

export function destination({ namespace }: Pick<ApplicationProps, "namespace">): ApplicationDestination {
  return { server: "https://kubernetes.default.svc", namespace };
}
