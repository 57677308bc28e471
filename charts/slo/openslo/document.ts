import { z } from "zod";
import { isMapping, show } from "../../written.ts";
import { conditionSpec, policySpec, policyUse } from "./alerting.ts";
import { inline, listOfOne, metadata, notOne, only, text } from "./fields.ts";
import { indicatorSpec } from "./indicator.ts";
import { objective } from "./objective.ts";
import { timeWindow } from "./window.ts";

const sloSpec = z
  .strictObject({
    description: text.optional(),
    service: text,
    indicator: z.strictObject(inline("SLI", indicatorSpec)).optional(),
    indicatorRef: text.optional(),
    timeWindow,
    budgetingMethod: z.enum(["Occurrences", "Timeslices"], only("Occurrences or Timeslices")),
    objectives: listOfOne(objective, "objective", "write an SLO for each"),
    alertPolicies: z.array(policyUse).optional(),
  })
  .superRefine(({ indicator, indicatorRef, budgetingMethod, objectives: [objective] }, context) => {
    if ((indicator === undefined) === (indicatorRef === undefined))
      context.addIssue({ code: "custom", path: ["indicatorRef"], message: notOne("indicator", "indicatorRef", indicatorRef) });
    if (indicator !== undefined && indicator.spec === undefined)
      context.addIssue({ code: "custom", path: ["indicator", "spec"], message: "missing: give the indicator's spec" });
    if (objective === undefined) return;
    const slices = { timeSliceTarget: objective.sliceObjective, timeSliceWindow: objective.sliceSeconds };
    for (const [field, value] of Object.entries(slices)) {
      if ((value !== undefined) === (budgetingMethod === "Timeslices")) continue;
      const message =
        value === undefined
          ? "missing: give it for Timeslices"
          : "belongs to Timeslices; leave it out, or write budgetingMethod: Timeslices";
      context.addIssue({ code: "custom", path: ["objectives", 0, field], message });
    }
  });

export type SloSpec = z.output<typeof sloSpec>;

const head = { apiVersion: z.literal("openslo/v1", only("openslo/v1")), metadata };

const KINDS = "SLO, SLI, AlertPolicy, AlertCondition, Service and AlertNotificationTarget";

/** A document whose form is right. A Service and an AlertNotificationTarget say no more than their names, by which others refer to them. */
export const document = z.discriminatedUnion(
  "kind",
  [
    z.strictObject({ ...head, kind: z.literal("SLO"), spec: sloSpec }),
    z.strictObject({ ...head, kind: z.literal("SLI"), spec: indicatorSpec }),
    z.strictObject({ ...head, kind: z.literal("AlertPolicy"), spec: policySpec }),
    z.strictObject({ ...head, kind: z.literal("AlertCondition"), spec: conditionSpec }),
    z.looseObject({ ...head, kind: z.literal("Service") }),
    z.looseObject({ ...head, kind: z.literal("AlertNotificationTarget") }),
  ],
  {
    error: ({ input }) =>
      isMapping(input) ? `${show(input.kind)} is not supported; read are ${KINDS}` : `${show(input)} is not a mapping`,
  },
);

export type Document = z.output<typeof document>;
