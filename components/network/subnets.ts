import { type Cidr, partOf } from "../cidr.ts";

/** Where one zone's machines and load balancers have their addresses. */
export interface ZoneSubnets {
  readonly zone: string;
  /** For nodes and pods: a quarter of the network. */
  readonly private: Cidr;
  /** For load balancers and NAT gateways: a sixteenth. */
  readonly public: Cidr;
}

/** A larger block is none AWS makes; in a smaller one load balancers have no room (a public subnet has 64 addresses then). */
export const PREFIXES = { largest: 16, smallest: 22 } as const;

/** Three private quarters fit; the last one is for the public subnets. */
export const MAXIMUM_ZONES = 3;

/**
 * A network's subnets. A zone's addresses depend on its place in the list alone, so that a third zone can join two. The last sixteenth stays free.
 *
 * @param network a block with a prefix as in PREFIXES
 * @param zones at most MAXIMUM_ZONES
 */
export function planSubnets(network: Cidr, zones: readonly string[]): readonly ZoneSubnets[] {
  const lastQuarter = partOf(network, network.prefix + 2, MAXIMUM_ZONES);
  return zones.map((zone, index) => ({
    zone,
    private: partOf(network, network.prefix + 2, index),
    public: partOf(lastQuarter, network.prefix + 4, index),
  }));
}
