import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";

export { type EmbeddedClusterArgs, embeddedCluster } from "./embedded.ts";

/** What other rooms need to know of a cluster, whatever its kind. */
export interface Cluster {
  readonly provider: k8s.Provider;
  /** Contents of a kubeconfig; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  readonly prometheus: { readonly url: string };
  /** The name under which a service is reached from outside the mesh. */
  hostOf(service: string): string;
  /** Where people and load generators find a service. */
  urlOf(service: string): string;
}
