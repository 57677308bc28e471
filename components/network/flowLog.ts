import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { createLogGroup, createRole, onBehalfOf, type Policy, policyOf, serviceTrust } from "../aws/index.ts";
import type { NetworkArgs } from "./args.ts";

/** Every connection that is made or refused in the network, in CloudWatch. */
export function createFlowLog(
  name: string,
  vpc: aws.ec2.Vpc,
  { account, region, flowLogDays }: Pick<NetworkArgs, "account" | "region" | "flowLogDays">,
  parent: pulumi.Resource,
): void {
  const own = `${name}-flow`;
  const logGroup = `/sluice/network/${name}`;
  const group = createLogGroup(own, { logGroup, account, region, retentionDays: flowLogDays }, { parent });
  const role = createRole(
    own,
    {
      description: `Writes the flow log of network ${name}`,
      trust: serviceTrust("vpc-flow-logs.amazonaws.com", onBehalfOf(account)),
      rights: flowLogRights(account, region, logGroup),
    },
    { parent },
  );
  const args = { vpcId: vpc.id, trafficType: "ALL", logDestinationType: "cloud-watch-logs", logDestination: group.arn };
  new aws.ec2.FlowLog(own, { ...args, iamRoleArn: role.arn, tags: { Name: own } }, { parent, dependsOn: [...role.grants] });
}

/** To write into this log group alone. AWS looks for the group among all of the account. */
export function flowLogRights(account: string, region: string, logGroup: string): Policy {
  const logs = `arn:aws:logs:${region}:${account}:log-group`;
  return policyOf(
    {
      Sid: "Write",
      Effect: "Allow",
      Action: ["logs:CreateLogStream", "logs:PutLogEvents", "logs:DescribeLogStreams"],
      Resource: [`${logs}:${logGroup}:*`],
    },
    { Sid: "Find", Effect: "Allow", Action: ["logs:DescribeLogGroups"], Resource: [`${logs}:*`] },
  );
}
