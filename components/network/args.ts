import * as pulumi from "@pulumi/pulumi";
import { type Cidr, contains, parseCidr } from "../cidr.ts";
import type { ArgProblem } from "../refuse.ts";
import { MAXIMUM_ZONES, PREFIXES } from "./subnets.ts";

export interface NetworkArgs {
  /** Twelve digits. */
  readonly account: string;
  /** "eu-central-1" */
  readonly region: string;
  /** Two or three of the region's zones. A zone's addresses follow from its place in the list: another order moves, and so replaces, its subnets. */
  readonly zones: readonly string[];
  /** Private addresses, a block from /16 to /22. It cannot be changed later. @default "10.0.0.0/16" */
  readonly cidr?: string | undefined;
  /** One NAT gateway in all, which is cheap and fails with its zone, or one in each zone. */
  readonly nat: "one" | "each zone";
  /** Who talked to whom, as CloudWatch keeps it, at least so long. */
  readonly flowLogDays: number;
  /** The cluster whose load balancers find the subnets by their tags. */
  readonly clusterName: string;
}

/** Blocks that no one on the internet has (RFC 1918, and RFC 6598 which AWS takes as private, too). */
const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"];

/**
 * The network's block.
 *
 * @throws InputPropertiesError with all that is wrong with the arguments
 */
export function checkedBlock(name: string, args: NetworkArgs): Cidr {
  const { cidr = "10.0.0.0/16" } = args;
  const block = parseCidr(cidr);
  const errors = [...blockProblems(cidr, block), ...zoneProblems(args), ...retentionProblems(args)];
  if (block !== undefined && errors.length === 0) return block;
  throw new pulumi.InputPropertiesError({ message: `network "${name}" is refused`, errors });
}

function blockProblems(cidr: string, block: Cidr | undefined): readonly ArgProblem[] {
  const problem = (reason: string) => [{ propertyPath: "cidr", reason: `${cidr} ${reason}; write for example 10.0.0.0/16` }];
  if (block === undefined) return problem("is not a block of addresses, written by its first");
  if (block.prefix < PREFIXES.largest || block.prefix > PREFIXES.smallest) {
    return problem(`is not from /${PREFIXES.largest} to /${PREFIXES.smallest}`);
  }
  return PRIVATE.some((whole) => contains(parseCidr(whole) ?? block, block)) ? [] : problem("holds public addresses");
}

function zoneProblems({ zones, region }: NetworkArgs): readonly ArgProblem[] {
  const strangers = zones.flatMap((zone, index) =>
    zone.startsWith(region) ? [] : [{ propertyPath: `zones[${index}]`, reason: `${zone} is not a zone of ${region}` }],
  );
  const distinct = new Set(zones).size;
  if (distinct === zones.length && distinct >= 2 && distinct <= MAXIMUM_ZONES) return strangers;
  return [...strangers, { propertyPath: "zones", reason: `${zones.join(", ") || "none"}: give two or three different zones` }];
}

function retentionProblems({ flowLogDays }: NetworkArgs): readonly ArgProblem[] {
  if (Number.isInteger(flowLogDays) && flowLogDays >= 1) return [];
  return [{ propertyPath: "flowLogDays", reason: `${flowLogDays} is not a whole number of at least 1` }];
}
