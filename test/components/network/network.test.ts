import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import { Network, type NetworkArgs } from "../../../components/network/index.ts";
import { assertGolden } from "../../support/goldenJson.ts";
import { type Recording, recordResources } from "../../support/mocks.ts";

const args: NetworkArgs = {
  account: "111122223333",
  region: "eu-central-1",
  zones: ["eu-central-1a", "eu-central-1b", "eu-central-1c"],
  nat: "one",
  flowLogDays: 14,
  clusterName: "staging",
};

const outputsOf = ({ type, name, inputs }: pulumi.runtime.MockResourceArgs) => ({ arn: `arn:${type}:${name}`, ...inputs });
const made = (changed: Partial<NetworkArgs> = {}) => recordResources(() => new Network("net", { ...args, ...changed }), { outputsOf });
const ofType = ({ all }: Recording, type: string) => all.filter((resource) => resource.type === type);
const golden = (name: string) => join(import.meta.dirname, "golden", `${name}.json`);

const network = await made();

test("every child belongs to the network and is named after it", () => {
  const [itself, ...children] = network.all;
  assert.equal(itself?.type, "sluice:network:Network");
  for (const { name, parent } of children) {
    assert.equal(parent, "sluice:network:Network net");
    assert.match(name, /^net(-|$)/);
  }
});

test("nothing gets a public address by itself, and load balancers find their subnets", () => {
  const subnets = ofType(network, "aws:ec2/subnet:Subnet");
  assert.equal(subnets.length, 6);
  for (const { name, inputs } of subnets) {
    assert.equal(inputs.mapPublicIpOnLaunch, false);
    assert.equal(inputs.tags[name.includes("public") ? "kubernetes.io/role/elb" : "kubernetes.io/role/internal-elb"], "1");
    assert.equal(inputs.tags["kubernetes.io/cluster/staging"], "shared");
  }
});

test("one NAT gateway serves all zones, or each zone has its own", async () => {
  const ways = (recording: Recording) =>
    ofType(recording, "aws:ec2/routeTable:RouteTable")
      .filter(({ name }) => name.includes("private"))
      .map(({ inputs }) => inputs.routes[0].natGatewayId);
  assert.deepEqual(ways(network), Array(3).fill("net-nat-eu-central-1a-id"));
  const each = await made({ nat: "each zone" });
  assert.deepEqual(ways(each), ["net-nat-eu-central-1a-id", "net-nat-eu-central-1b-id", "net-nat-eu-central-1c-id"]);
  assert.equal(ofType(each, "aws:ec2/eip:Eip").length, 3);
});

test("the default security group lets nothing through, and no other one lets the world in", () => {
  const closed = network.one("aws:ec2/defaultSecurityGroup:DefaultSecurityGroup", "net-default");
  assert.deepEqual([closed.ingress, closed.egress], [[], []]);
  const { ingress, egress } = network.one("aws:ec2/securityGroup:SecurityGroup", "net-endpoints");
  assert.deepEqual(egress, []);
  assert.deepEqual(ingress, [
    { protocol: "tcp", fromPort: 443, toPort: 443, cidrBlocks: ["10.0.0.0/16"], description: "HTTPS from the network" },
  ]);
});

test("S3, ECR and STS are reached without leaving the network", () => {
  const endpoints = ofType(network, "aws:ec2/vpcEndpoint:VpcEndpoint").map(({ inputs }) => [inputs.serviceName, inputs.vpcEndpointType]);
  assert.deepEqual(endpoints.sort(), [
    ["com.amazonaws.eu-central-1.ecr.api", "Interface"],
    ["com.amazonaws.eu-central-1.ecr.dkr", "Interface"],
    ["com.amazonaws.eu-central-1.s3", "Gateway"],
    ["com.amazonaws.eu-central-1.sts", "Interface"],
  ]);
});

test("every connection is on record, encrypted, for CloudWatch's next period", async () => {
  const flow = network.one("aws:ec2/flowLog:FlowLog", "net-flow");
  assert.deepEqual([flow.vpcId, flow.trafficType], ["net-id", "ALL"]);
  const group = network.one("aws:cloudwatch/logGroup:LogGroup", "net-flow");
  assert.deepEqual([group.name, group.retentionInDays], ["/sluice/network/net", 14]);
  assert.equal(group.kmsKeyId, "arn:aws:kms/key:Key:net-flow");
  assert.equal(network.one("aws:kms/key:Key", "net-flow").enableKeyRotation, true);
  assert.equal((await made({ flowLogDays: 31 })).one("aws:cloudwatch/logGroup:LogGroup", "net-flow").retentionInDays, 60);
});

test("each policy is the one that was looked at", () => {
  const policies: Readonly<Record<string, string>> = {
    "flow-log-trust": network.one("aws:iam/role:Role", "net-flow").assumeRolePolicy,
    "flow-log-rights": network.one("aws:iam/rolePolicy:RolePolicy", "net-flow").policy,
    "flow-log-key": network.one("aws:kms/key:Key", "net-flow").policy,
    "endpoint-s3": network.one("aws:ec2/vpcEndpoint:VpcEndpoint", "net-s3").policy,
    "endpoint-ecr": network.one("aws:ec2/vpcEndpoint:VpcEndpoint", "net-ecr-api").policy,
    "endpoint-sts": network.one("aws:ec2/vpcEndpoint:VpcEndpoint", "net-sts").policy,
  };
  for (const [name, policy] of Object.entries(policies)) assertGolden(golden(name), JSON.parse(policy));
});

const refused: readonly (readonly [string, Partial<NetworkArgs>, RegExp])[] = [
  ["a block that is none", { cidr: "10.0.0.1/16" }, /^cidr: 10\.0\.0\.1\/16 is not a block of addresses/],
  ["a block too large for AWS", { cidr: "10.0.0.0/8" }, /^cidr: .* is not from \/16 to \/22/],
  ["a block too small for load balancers", { cidr: "10.0.0.0/24" }, /^cidr: .* is not from \/16 to \/22/],
  ["addresses of somebody else", { cidr: "8.8.0.0/16" }, /^cidr: .* holds public addresses/],
  ["a single zone", { zones: ["eu-central-1a"] }, /^zones: eu-central-1a: give two or three different zones/],
  ["the same zone twice", { zones: ["eu-central-1a", "eu-central-1a"] }, /^zones: .*different zones/],
  ["a zone of another region", { zones: ["eu-central-1a", "us-east-1b"] }, /^zones\[1\]: us-east-1b is not a zone of eu-central-1/],
  ["half a day of logs", { flowLogDays: 0.5 }, /^flowLogDays: 0\.5 is not a whole number/],
];
for (const [sentence, changed, reason] of refused) {
  test(`refused: ${sentence}`, () =>
    assert.rejects(made(changed), (error) => {
      assert.ok(pulumi.InputPropertiesError.isInstance(error));
      assert.deepEqual(error.errors.length, 1);
      assert.match(error.errors.map((one) => `${one.propertyPath}: ${one.reason}`).join(), reason);
      return true;
    }));
}

test("all that is wrong is told at once", () =>
  assert.rejects(
    made({ cidr: "nowhere", zones: [], flowLogDays: 0 }),
    (error) => pulumi.InputPropertiesError.isInstance(error) && error.errors.length === 3,
  ));
