import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { createRole, type GrantedRole, serviceTrust } from "../../aws/index.ts";
import type { EksClusterArgs, ManagedNodes, NodesArgs } from "./args.ts";
import { type NodeGroupPlan, planNodeGroups } from "./nodePlan.ts";

const AMI_TYPES = { arm64: "AL2023_ARM_64_STANDARD", amd64: "AL2023_x86_64_STANDARD" } as const;

/** What a node needs to join and to pull images. What pods need they get by Pod Identity; a node has no rights that they could borrow. */
export function createNodeRole(name: string, { mode }: NodesArgs, parent: pulumi.Resource): GrantedRole {
  const join = mode === "auto" ? "AmazonEKSWorkerNodeMinimalPolicy" : "AmazonEKSWorkerNodePolicy";
  return createRole(
    `${name}-nodes`,
    {
      description: `Nodes of ${name}`,
      trust: serviceTrust("ec2.amazonaws.com"),
      managed: [join, "AmazonEC2ContainerRegistryPullOnly"],
    },
    { parent },
  );
}

/** @param before what nodes need to become ready: the add-ons that run on each */
export function createNodeGroups(
  name: string,
  cluster: aws.eks.Cluster,
  nodes: ManagedNodes,
  {
    role,
    subnets,
    tags,
    before,
  }: Pick<EksClusterArgs, "subnets" | "tags"> & { readonly role: GrantedRole; readonly before: readonly pulumi.Resource[] },
  parent: pulumi.Resource,
): readonly aws.eks.NodeGroup[] {
  const template = createLaunchTemplate(`${name}-nodes`, nodes.diskGibibytes, tags, parent);
  const groups = subnets.flatMap(({ zone, id }) =>
    planNodeGroups(
      nodes,
      subnets.map((subnet) => subnet.zone),
    )
      .filter((plan) => plan.zone === zone)
      .map((plan) => ({ plan, subnetId: id })),
  );
  return groups.map(({ plan, subnetId }) => {
    const args: aws.eks.NodeGroupArgs = {
      clusterName: cluster.name,
      version: cluster.version,
      nodeRoleArn: role.arn,
      subnetIds: [subnetId],
      capacityType: plan.capacity,
      amiType: AMI_TYPES[nodes.architecture],
      instanceTypes: [...nodes.instanceTypes],
      launchTemplate: { id: template.id, version: pulumi.interpolate`${template.latestVersion}` },
      scalingConfig: { minSize: plan.minimum, maxSize: plan.maximum, desiredSize: plan.minimum },
      updateConfig: { maxUnavailable: 1 },
      nodeRepairConfig: { enabled: true },
    };
    return new aws.eks.NodeGroup(groupName(name, plan), args, {
      parent,
      dependsOn: [...before, ...role.grants],
      // The autoscaler's from the first minute on.
      ignoreChanges: ["scalingConfig.desiredSize"],
    });
  });
}

function groupName(name: string, { capacity, zone }: NodeGroupPlan): string {
  return `${name}-${capacity === "SPOT" ? "spot" : "on-demand"}-${zone}`;
}

function createLaunchTemplate(
  name: string,
  diskGibibytes: number,
  tags: Readonly<Record<string, string>>,
  parent: pulumi.Resource,
): aws.ec2.LaunchTemplate {
  return new aws.ec2.LaunchTemplate(
    name,
    {
      // One hop: the address where a machine finds its credentials cannot be reached from a pod.
      metadataOptions: { httpEndpoint: "enabled", httpTokens: "required", httpPutResponseHopLimit: 1 },
      blockDeviceMappings: [
        { deviceName: "/dev/xvda", ebs: { volumeType: "gp3", volumeSize: diskGibibytes, encrypted: "true", deleteOnTermination: "true" } },
      ],
      tagSpecifications: ["instance", "volume"].map((resourceType) => ({ resourceType, tags: { Name: name, ...tags } })),
      updateDefaultVersion: true,
    },
    { parent },
  );
}
