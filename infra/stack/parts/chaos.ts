import { z } from "zod";
import { FAULT_NAMES, type FaultName } from "../../../charts/chaos/index.ts";
import { field } from "../field.ts";
import { serviceName } from "../serviceName.ts";

const fault = field<FaultName>({
  what: `a fault (${FAULT_NAMES.join(", ")})`,
  example: "pod-delete",
  parse: (input) => FAULT_NAMES.find((name) => name === input),
});

/** Faults that services must stand. None runs before somebody asks for it. */
export const chaos = z.strictObject({
  services: z
    .array(serviceName)
    .min(1)
    .describe("Services that it can be done to. Each needs an SLO, which is the steady state that it must keep."),
  faults: z
    .array(fault)
    .min(1)
    .prefault([...FAULT_NAMES])
    .describe("What can be done to them. All but `pod-delete` need privileged pods, in a namespace of their own."),
});

export type WrittenChaos = z.output<typeof chaos>;
