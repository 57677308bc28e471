import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { showCidr } from "../cidr.ts";
import { checkedBlock, type NetworkArgs } from "./args.ts";
import { createEndpoints } from "./endpoints.ts";
import { createFlowLog } from "./flowLog.ts";
import { createPrivateSubnets, createPublicSubnets } from "./routes.ts";
import { planSubnets } from "./subnets.ts";

export type { NetworkArgs } from "./args.ts";

export interface ZonedSubnet {
  readonly zone: string;
  readonly id: pulumi.Output<string>;
}

/**
 * A network over two or three zones. Nodes and pods are in its private subnets and reach the internet through NAT; in the public ones are
 * only load balancers. Nothing gets a public address by itself, the default security group lets nothing through, and every connection is on record.
 */
export class Network extends pulumi.ComponentResource {
  readonly vpcId: pulumi.Output<string>;
  /** For nodes, one a zone, in the order of the zones. */
  readonly privateSubnets: readonly ZonedSubnet[];

  constructor(name: string, args: NetworkArgs, options?: pulumi.ComponentResourceOptions) {
    const block = checkedBlock(name, args);
    super("sluice:network:Network", name, {}, options);
    const plan = planSubnets(block, args.zones);

    const vpc = createVpc(name, showCidr(block), this);
    const publicSide = createPublicSubnets(name, vpc, plan, args.clusterName, this);
    const privateSide = createPrivateSubnets(name, vpc, plan, { ...args, publicSide }, this);
    createEndpoints(name, vpc, privateSide, args, this);
    createFlowLog(name, vpc, args, this);

    this.vpcId = vpc.id;
    this.privateSubnets = privateSide.subnets.map(({ zone, subnet }) => ({ zone, id: subnet.id }));
    this.registerOutputs({ vpcId: this.vpcId, privateSubnets: this.privateSubnets });
  }
}

function createVpc(name: string, cidrBlock: string, parent: pulumi.Resource): aws.ec2.Vpc {
  const vpc = new aws.ec2.Vpc(
    name,
    // Endpoints are found by the names of the services they stand for, which needs the network's DNS.
    { cidrBlock, enableDnsHostnames: true, enableDnsSupport: true, tags: { Name: name } },
    { parent },
  );
  // What is in no other security group is in this one, which AWS makes with everything allowed among its members and to the outside.
  new aws.ec2.DefaultSecurityGroup(`${name}-default`, { vpcId: vpc.id, ingress: [], egress: [] }, { parent });
  return vpc;
}
