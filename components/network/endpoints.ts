import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { type Policy, policyOf, type Statement } from "../aws/index.ts";
import type { NetworkArgs } from "./args.ts";
import type { Side } from "./routes.ts";

/** Services that nodes and pods use all the time, by what their actions begin with. Their traffic stays in the network and costs no NAT. */
const INTERFACES = { "ecr.api": "ecr", "ecr.dkr": "ecr", sts: "sts" } as const;

export function createEndpoints(
  name: string,
  vpc: aws.ec2.Vpc,
  side: Side,
  { account, region }: Pick<NetworkArgs, "account" | "region">,
  parent: pulumi.Resource,
): void {
  const serviceName = (service: string) => `com.amazonaws.${region}.${service}`;
  const routeTableIds = side.routeTables.map((table) => table.id);
  const s3 = { vpcId: vpc.id, serviceName: serviceName("s3"), routeTableIds, policy: JSON.stringify(s3Policy(account)) };
  new aws.ec2.VpcEndpoint(`${name}-s3`, { ...s3, vpcEndpointType: "Gateway", tags: { Name: `${name}-s3` } }, { parent });

  const guard = createGuard(`${name}-endpoints`, vpc, parent);
  for (const [service, actions] of Object.entries(INTERFACES)) {
    const own = `${name}-${service.replace(".", "-")}`;
    const args = {
      vpcId: vpc.id,
      serviceName: serviceName(service),
      vpcEndpointType: "Interface",
      privateDnsEnabled: true,
      subnetIds: side.subnets.map(({ subnet }) => subnet.id),
      securityGroupIds: [guard.id],
      policy: JSON.stringify(policyOf(ownAccount(account, [`${actions}:*`]))),
      tags: { Name: own },
    };
    new aws.ec2.VpcEndpoint(own, args, { parent });
  }
}

/** HTTPS from the network, and nothing else. */
function createGuard(name: string, vpc: aws.ec2.Vpc, parent: pulumi.Resource): aws.ec2.SecurityGroup {
  const https = { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: [vpc.cidrBlock], description: "HTTPS from the network" };
  const description = "Endpoints of AWS services in the network";
  return new aws.ec2.SecurityGroup(name, { vpcId: vpc.id, description, ingress: [https], egress: [], tags: { Name: name } }, { parent });
}

/**
 * Read from anywhere: layers of images lie in buckets of ECR's, of registry.k8s.io's and of others, who hand out links to them. Everything else
 * only in the account's own buckets, so that nothing is carried out through S3.
 */
export function s3Policy(account: string): Policy {
  const read: Statement = { Sid: "Read", Effect: "Allow", Principal: "*", Action: ["s3:GetObject"], Resource: ["arn:aws:s3:::*"] };
  const own = ownAccount(account, ["s3:*"]);
  return policyOf(read, { ...own, Condition: { StringEquals: { "aws:PrincipalAccount": account, "aws:ResourceAccount": account } } });
}

/** Whoever gets into the network with credentials of another account cannot carry anything out to it through an endpoint. */
function ownAccount(account: string, actions: readonly string[]): Statement {
  return {
    Sid: "OwnAccount",
    Effect: "Allow",
    Principal: "*",
    Action: actions,
    Resource: ["*"],
    Condition: { StringEquals: { "aws:PrincipalAccount": account } },
  };
}
