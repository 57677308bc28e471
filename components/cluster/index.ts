import type * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { GateInputs } from "@sluice/gate";
import type { Exposure } from "../exposure.ts";

// The makers of clusters on AWS are imported by their own path (eks/index.ts): loading @pulumi/aws takes a second that no other stack should wait.
export { type EmbeddedClusterArgs, embeddedCluster } from "./embedded.ts";

/** What other rooms need to know of a cluster, whatever its kind. */
export interface Cluster {
  /** As people and the cloud call it. */
  readonly name: string;
  /** Reaches this cluster and no other, whatever the machine's current Kubernetes context is. */
  readonly provider: k8s.Provider;
  /** Contents of a kubeconfig; a secret. */
  readonly kubeconfig: pulumi.Output<string>;
  /** Where the gate finds the mesh's counters. */
  readonly prometheus: GateInputs["prometheus"];
  readonly offers: Offers;
  /** What must be there before anything else is put on the cluster, such as webhooks that every Service goes through. */
  readonly ready: readonly pulumi.Resource[];
  /** Where people reach Grafana, where the cluster has one. */
  readonly grafanaUrl?: string;
  /** The name under which a service is reached from outside the mesh. */
  hostOf(service: string): string;
  /** Where people and load generators find a service. */
  urlOf(service: string): string;
}

/** What a cluster has that not every cluster has. Who needs a thing that is not offered does without, or the stack is refused. */
export interface Offers {
  /** How a Service gets an address outside the cluster; undefined where the mesh's entry is none of the cluster's Services. */
  readonly loadBalancer: Exposure | undefined;
  /** Name of the default StorageClass; undefined where volumes cannot be claimed. */
  readonly storageClass: string | undefined;
  /** Whether CPU and memory of pods are measured, without which nothing is scaled. */
  readonly metricsServer: boolean;
  /** Whether a service account can have rights in the cloud. */
  readonly workloadIdentity: boolean;
}
