import * as pulumi from "@pulumi/pulumi";
import { createPodIdentity, EksCluster, statedProvider } from "../../components/cluster/eks/index.ts";
import { Network } from "../../components/network/index.ts";
import type { Cloud, CloudRights, Ground, StackCluster } from "../ground.ts";
import { prometheusAddress } from "../platform/observability.ts";
import type { Preset } from "../presets.ts";
import type { Stack } from "../stack.ts";
import versions from "../versions.json" with { type: "json" };

/** A cluster on AWS, in a network of its own. */
export async function createEks(spec: StackCluster<"eks">, place: NonNullable<Stack["aws"]>, preset: Preset): Promise<Ground> {
  const clusterName = spec.name ?? pulumi.getStack();
  const { nat, replicas, keepsData, retention } = preset;
  const provider = await statedProvider("aws", place);

  const network = new Network("network", { ...place, cidr: spec.cidr, nat, flowLogDays: retention.logsDays, clusterName }, { provider });
  const { vpcId, privateSubnets: subnets } = network;
  const given = { ...spec, ...place, clusterName, vpcId, subnets, charts: versions.charts, replicas, keepsData };
  const cluster = new EksCluster("cluster", { ...given, logDays: retention.logsDays, prometheus: prometheusAddress(preset) }, { provider });
  return { cluster, cloud: cloudOf(place, cluster, provider), parts: { cluster }, images: {} };
}

function cloudOf({ account, region }: NonNullable<Stack["aws"]>, parent: EksCluster, provider: pulumi.ProviderResource): Cloud {
  const { name: clusterName, cluster } = parent;
  const grant = (name: string, rights: CloudRights) =>
    void createPodIdentity(name, { ...rights, account, clusterName }, { parent, dependsOn: [cluster] });
  return { provider, account, region, clusterName, grant };
}
