import { z } from "zod";
import { duration, expected, flag, inline, listOfOne, notOne, only, text } from "./fields.ts";

const condition = z.strictObject({
  kind: z.literal("burnrate", only("burnrate")).default("burnrate"),
  op: z.enum(["gt", "gte"], only("gt or gte", "an alert is for a budget that burns")),
  threshold: z.number(expected("a number, for example 14.4")),
  lookbackWindow: duration,
  alertAfter: z.literal("0m", only("0m, or leave it out", "an alert waits for a short window to burn as well")).optional(),
});

export const conditionSpec = z
  .strictObject({
    description: text.optional(),
    severity: z.enum(["page", "ticket"], only("page or ticket")),
    condition,
  })
  .transform(({ severity, condition }) => ({ severity, factor: condition.threshold, seconds: condition.lookbackWindow }));

/** When the budget burns too fast, and who is told. */
export type BurnCondition = z.output<typeof conditionSpec>;

const conditionUse = z
  .strictObject({ conditionRef: text.optional(), ...inline("AlertCondition", conditionSpec) })
  .superRefine((use, context) => {
    if ((use.conditionRef === undefined) === (use.spec === undefined))
      context.addIssue({ code: "custom", path: ["spec"], message: notOne("conditionRef", "spec", use.spec) });
  });

const target = z
  .looseObject({ targetRef: text.optional(), metadata: z.looseObject({ name: text }).optional() })
  .transform(({ targetRef, metadata }) => targetRef ?? metadata?.name)
  .pipe(z.string({ error: "missing: give targetRef" }));

export const policySpec = z.strictObject({
  description: text.optional(),
  alertWhenBreaching: flag.default(true),
  alertWhenNoData: flag.default(false),
  alertWhenResolved: z.literal(false, only("false", "Alertmanager tells of it where a receiver has send_resolved")).optional(),
  conditions: listOfOne(conditionUse, "condition", "write a policy for each"),
  notificationTargets: z.array(target).default([]),
});

export type Policy = z.output<typeof policySpec>;

export const policyUse = z
  .strictObject({ alertPolicyRef: text.optional(), ...inline("AlertPolicy", policySpec) })
  .superRefine((use, context) => {
    if ((use.alertPolicyRef === undefined) === (use.spec === undefined))
      context.addIssue({ code: "custom", path: ["spec"], message: notOne("alertPolicyRef", "spec", use.spec) });
  });
