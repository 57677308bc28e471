import type { ManagedNodes } from "./args.ts";

/** A group of like machines in one zone. */
export interface NodeGroupPlan {
  readonly zone: string;
  readonly capacity: "ON_DEMAND" | "SPOT";
  readonly minimum: number;
  readonly maximum: number;
}

/**
 * Groups of one zone each: a volume stays in its zone, and only by a group of that zone does the autoscaler know where a pod with a volume finds room.
 * At most the stated share is spot. Groups that may have no node are left out.
 */
export function planNodeGroups(
  { minimum, maximum, spotShare }: Pick<ManagedNodes, "minimum" | "maximum" | "spotShare">,
  zones: readonly string[],
): readonly NodeGroupPlan[] {
  const spot = { minimum: Math.floor(minimum * spotShare), maximum: Math.floor(maximum * spotShare) };
  const onDemand = { minimum: minimum - spot.minimum, maximum: maximum - spot.maximum };
  return [...overZones("ON_DEMAND", onDemand, zones), ...overZones("SPOT", spot, zones)];
}

function overZones(
  capacity: NodeGroupPlan["capacity"],
  { minimum, maximum }: { readonly minimum: number; readonly maximum: number },
  zones: readonly string[],
): readonly NodeGroupPlan[] {
  const plans = zones.map((zone, index) => ({
    zone,
    capacity,
    minimum: portion(minimum, zones.length, index),
    maximum: portion(maximum, zones.length, index),
  }));
  return plans.filter((plan) => plan.maximum > 0);
}

/** The `index`th of `parts` portions of `total`, as even as whole numbers can be, the larger ones first. */
function portion(total: number, parts: number, index: number): number {
  return Math.floor((total + parts - 1 - index) / parts);
}
