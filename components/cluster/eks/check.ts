import { parseCidr } from "../../cidr.ts";
import { type ArgProblem, refuse } from "../../refuse.ts";
import type { EksClusterArgs, NodesArgs } from "./args.ts";

/** @throws InputPropertiesError with all that is wrong with the arguments */
export function assertArgs(name: string, args: EksClusterArgs): void {
  refuse(`EKS cluster "${name}"`, [
    ...nameProblems(args.clusterName),
    ...args.endpointCidrs.flatMap((cidr, index) => endpointProblems(cidr, `endpointCidrs[${index}]`)),
    ...principalProblems("admins", args.admins, args.account),
    ...principalProblems("viewers", args.viewers ?? [], args.account),
    args.admins.length === 0 && { propertyPath: "admins", reason: "empty: nobody could get into the cluster, not even Pulumi" },
    args.subnets.length < 2 && { propertyPath: "subnets", reason: `${args.subnets.length} given: EKS needs two zones` },
    ...nodeProblems(args.nodes),
  ]);
}

function nameProblems(clusterName: string): readonly ArgProblem[] {
  if (/^[a-zA-Z0-9][a-zA-Z0-9_-]{0,99}$/.test(clusterName)) return [];
  return [{ propertyPath: "clusterName", reason: `${clusterName} is not a name of up to 100 letters, digits, dashes and underscores` }];
}

/** The API is for a company's offices and runners. A block of half the internet is the whole internet said twice. */
const SMALLEST_PREFIX = 8;

function endpointProblems(cidr: string, propertyPath: string): readonly ArgProblem[] {
  const block = parseCidr(cidr);
  if (block === undefined) return [{ propertyPath, reason: `${cidr} is not a block of addresses; write for example 203.0.113.0/24` }];
  if (block.prefix >= SMALLEST_PREFIX) return [];
  return [{ propertyPath, reason: `${cidr} opens the cluster's API to the world; state the addresses you come from, or none` }];
}

function principalProblems(property: string, arns: readonly string[], account: string): readonly ArgProblem[] {
  return arns.flatMap((arn, index) => {
    if (new RegExp(`^arn:aws:iam::${account}:(?:role|user)/.+$`).test(arn)) return [];
    const reason = `${arn} is not the ARN of a role or user of account ${account}; write for example arn:aws:iam::${account}:role/deploy`;
    return [{ propertyPath: `${property}[${index}]`, reason }];
  });
}

function nodeProblems(nodes: NodesArgs): readonly ArgProblem[] {
  if (nodes.mode === "auto") return [];
  const { minimum, maximum, spotShare, instanceTypes } = nodes;
  const counts = [minimum, maximum].every((count) => Number.isInteger(count)) && minimum >= 1 && maximum >= minimum;
  return [
    ...(counts ? [] : [{ propertyPath: "nodes", reason: `from ${minimum} to ${maximum} nodes: give whole numbers, at least 1, rising` }]),
    ...(spotShare >= 0 && spotShare <= 0.9 ? [] : [{ propertyPath: "nodes.spotShare", reason: `${spotShare} is not from 0 to 0.9` }]),
    ...(instanceTypes.length > 0 ? [] : [{ propertyPath: "nodes.instanceTypes", reason: "empty: give at least one" }]),
  ];
}
