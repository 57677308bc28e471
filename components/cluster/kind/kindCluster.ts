import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { stringify } from "yaml";
import { type ChartSource, helmRelease } from "../../helm.ts";
import { resources } from "../../pods.ts";
import { refuse } from "../../refuse.ts";
import { hostsBelow } from "../hosts.ts";
import type { Cluster, Offers } from "../index.ts";
import { connectRegistry, createCluster, createRegistry, type KindNames, markOf, readKubeconfig } from "./commands.ts";
import { GATEWAY_NODE_PORTS, type KindConfigProps, kindConfig, nodeImage } from "./config.ts";
import { kindProblems } from "./problems.ts";

/** What infra/versions.json says of kind. */
export interface KindVersions {
  /** Of kind itself, told to whoever has to get it. */
  readonly version: string;
  /** Node images by Kubernetes version, from the notes of kind's release. */
  readonly nodes: Readonly<Record<string, string>>;
  /** Image of the local registry. */
  readonly registry: string;
}

export interface KindClusterArgs extends Pick<KindConfigProps, "nodes" | "ports"> {
  /** "1.34", or an exact "1.34.11". */
  readonly kubernetes: string;
  /** Port of the registry on this machine's loopback address: images are called localhost:PORT/NAME:TAG. */
  readonly registryPort: number;
  readonly versions: KindVersions;
  readonly metricsServer: ChartSource;
  /** Where the gate will find the mesh's counters. */
  readonly prometheus: Cluster["prometheus"];
}

type OnCluster = Required<Pick<pulumi.CustomResourceOptions, "parent" | "provider">>;

const OFFERS: Offers = {
  loadBalancer: { type: "NodePort", ...GATEWAY_NODE_PORTS },
  // Of the provisioner that kind brings along: folders in the nodes' own file systems, gone with the cluster.
  storageClass: "standard",
  metricsServer: true,
  workloadIdentity: false,
};

/**
 * A Kubernetes cluster in Docker containers on this machine, called as the component is, with a registry beside it. Other machines reach nothing of
 * it. Other nodes, ports or another Kubernetes make it anew, with all that is on it.
 */
export class KindCluster extends pulumi.ComponentResource implements Cluster {
  readonly name: string;
  readonly provider: k8s.Provider;
  readonly kubeconfig: pulumi.Output<string>;
  readonly prometheus: Cluster["prometheus"];
  readonly offers = OFFERS;
  readonly ready: readonly pulumi.Resource[];
  readonly hostOf: Cluster["hostOf"];
  readonly urlOf: Cluster["urlOf"];
  /** What images in the registry are called: "localhost:5001", before "/NAME:TAG". */
  readonly registry: string;

  constructor(name: string, args: KindClusterArgs, options?: pulumi.ComponentResourceOptions) {
    refuse(`kind cluster "${name}"`, kindProblems(name, args));
    super("sluice:cluster:KindCluster", name, {}, options);
    const { versions, registryPort, prometheus, ports } = args;
    const names: KindNames = { cluster: name, registry: `${name}-registry`, registryPort, versions };
    const config = kindConfig({ ...args, image: nodeImage(args.kubernetes, versions.nodes) });

    const registry = createRegistry(names, { parent: this });
    const cluster = createCluster(names, config, { parent: this, dependsOn: registry });
    const kubeconfig = readKubeconfig(names, cluster, { parent: this });
    const connected = connectRegistry(names, [cluster, registry], { parent: this });

    this.name = name;
    this.kubeconfig = pulumi.secret(kubeconfig.stdout);
    this.provider = createProvider(name, this.kubeconfig, markOf(config), this);
    this.registry = `localhost:${registryPort}`;
    tellOfRegistry(name, this.registry, { parent: this, provider: this.provider });
    createMetricsServer(name, args.metricsServer, { parent: this, provider: this.provider });

    this.ready = [connected];
    this.prometheus = prometheus;
    const hosts = hostsBelow({ domain: "localhost", scheme: "http", port: ports.http });
    this.hostOf = hosts.hostOf;
    this.urlOf = hosts.urlOf;
    this.registerOutputs({ kubeconfig: this.kubeconfig, registry: this.registry });
  }
}

/**
 * Its identity is what the cluster is made of, so that all objects are made anew with it and none on an ordinary update. Those of a cluster that is
 * gone are forgotten.
 */
function createProvider(name: string, kubeconfig: pulumi.Output<string>, mark: string, parent: pulumi.Resource): k8s.Provider {
  return new k8s.Provider(name, { kubeconfig, clusterIdentifier: `${name}-${mark}`, deleteUnreachable: true }, { parent });
}

/** Where tools such as Tilt and Skaffold look for a cluster's registry (KEP-1755). */
function tellOfRegistry(name: string, host: string, { provider, parent }: OnCluster): void {
  const written = stringify({ host, help: "https://kind.sigs.k8s.io/docs/user/local-registry/" });
  const metadata = { name: "local-registry-hosting", namespace: "kube-public" };
  new k8s.core.v1.ConfigMap(`${name}-registry-hosting`, { metadata, data: { "localRegistryHosting.v1": written } }, { provider, parent });
}

function createMetricsServer(name: string, source: ChartSource, { provider, parent }: OnCluster): void {
  const values = {
    // kind's kubelets sign their certificates themselves.
    args: ["--kubelet-insecure-tls"],
    resources: resources("50m", "64Mi", "256Mi"),
  };
  helmRelease(`${name}-metrics-server`, { source, namespace: "kube-system", values }, { provider, parent });
}
