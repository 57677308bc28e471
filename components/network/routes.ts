import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { showCidr } from "../cidr.ts";
import type { NetworkArgs } from "./args.ts";
import type { ZoneSubnets } from "./subnets.ts";

/** One side of the network, a subnet a zone. */
export interface Side {
  readonly subnets: readonly { readonly zone: string; readonly subnet: aws.ec2.Subnet }[];
  readonly routeTables: readonly aws.ec2.RouteTable[];
}

/** Everywhere but the network itself. */
const ANYWHERE = "0.0.0.0/0";

export function createPublicSubnets(
  name: string,
  vpc: aws.ec2.Vpc,
  plan: readonly ZoneSubnets[],
  clusterName: string,
  parent: pulumi.Resource,
): Side {
  const gateway = new aws.ec2.InternetGateway(name, { vpcId: vpc.id, tags: { Name: name } }, { parent });
  const routeTable = createRouteTable(`${name}-public`, vpc, { cidrBlock: ANYWHERE, gatewayId: gateway.id }, parent);
  const subnets = plan.map(({ zone, public: block }) => {
    const place: SubnetPlace = { vpc, zone, cidrBlock: showCidr(block), routeTable, use: "elb", clusterName };
    return { zone, subnet: createSubnet(`${name}-public-${zone}`, place, parent) };
  });
  return { subnets, routeTables: [routeTable] };
}

export function createPrivateSubnets(
  name: string,
  vpc: aws.ec2.Vpc,
  plan: readonly ZoneSubnets[],
  { nat, clusterName, publicSide }: Pick<NetworkArgs, "nat" | "clusterName"> & { readonly publicSide: Side },
  parent: pulumi.Resource,
): Side {
  const gateways = plan
    .filter((_, index) => nat === "each zone" || index === 0)
    .map(({ zone }, index) => createNat(`${name}-nat-${zone}`, publicSide, index, parent));
  const sides = plan.map(({ zone, private: block }, index) => {
    const own = `${name}-private-${zone}`;
    const natGatewayId = (gateways[index] ?? gateways[0])?.id;
    const routeTable = createRouteTable(own, vpc, { cidrBlock: ANYWHERE, natGatewayId }, parent);
    const place: SubnetPlace = { vpc, zone, cidrBlock: showCidr(block), routeTable, use: "internal-elb", clusterName };
    return { zone, subnet: createSubnet(own, place, parent), routeTable };
  });
  return { subnets: sides, routeTables: sides.map(({ routeTable }) => routeTable) };
}

function createNat(name: string, { subnets, routeTables }: Side, index: number, parent: pulumi.Resource): aws.ec2.NatGateway {
  const address = new aws.ec2.Eip(name, { domain: "vpc", tags: { Name: name } }, { parent });
  const args = { allocationId: address.id, subnetId: subnets[index]?.subnet.id, tags: { Name: name } };
  // AWS refuses a gateway in a network that has no way out yet.
  return new aws.ec2.NatGateway(name, args, { parent, dependsOn: [...routeTables] });
}

function createRouteTable(
  name: string,
  vpc: aws.ec2.Vpc,
  route: aws.types.input.ec2.RouteTableRoute,
  parent: pulumi.Resource,
): aws.ec2.RouteTable {
  return new aws.ec2.RouteTable(name, { vpcId: vpc.id, routes: [route], tags: { Name: name } }, { parent });
}

interface SubnetPlace {
  readonly vpc: aws.ec2.Vpc;
  readonly zone: string;
  readonly cidrBlock: string;
  readonly routeTable: aws.ec2.RouteTable;
  /** Whether load balancers for the world or for the network alone are put here. */
  readonly use: "elb" | "internal-elb";
  readonly clusterName: string;
}

function createSubnet(name: string, place: SubnetPlace, parent: pulumi.Resource): aws.ec2.Subnet {
  const { vpc, zone, cidrBlock, routeTable, use, clusterName } = place;
  // Load balancers of a cluster find their subnets by these two: https://docs.aws.amazon.com/eks/latest/userguide/network-reqs.html
  const tags = { Name: name, [`kubernetes.io/role/${use}`]: "1", [`kubernetes.io/cluster/${clusterName}`]: "shared" };
  const args = { vpcId: vpc.id, availabilityZone: zone, cidrBlock, mapPublicIpOnLaunch: false, tags };
  const subnet = new aws.ec2.Subnet(name, args, { parent });
  new aws.ec2.RouteTableAssociation(name, { subnetId: subnet.id, routeTableId: routeTable.id }, { parent });
  return subnet;
}
