import { z } from "zod";
import { email } from "../email.ts";
import { field, matching } from "../field.ts";
import { whole } from "../units.ts";

const monitor = field({
  what: "the ARN of a cost anomaly monitor",
  example: "arn:aws:ce::111122223333:anomalymonitor/0a1b2c3d",
  parse: matching(/^arn:aws:ce::\d{12}:anomalymonitor\/\S+$/),
});

/** What the platform may cost, and who is told when it costs more. */
export const cost = z.strictObject({
  emails: z.array(email).default([]).describe("Who is written to about the account's bill. On AWS at least one, at most ten."),
  budgets: z
    .array(whole(1))
    .default([5, 10])
    .describe("Dollars a month for the whole account, each told on its way there, when it is reached and when it is expected to be."),
  anomaly: whole(1).default(1).describe("Dollars by which a service of AWS may cost more than it used to before somebody is told."),
  monitor: monitor.optional().describe("The account's monitor of services, where AWS has made one already: it allows no second one."),
  nodes: whole(1).optional().describe("Dollars a month that the cluster's nodes may cost. Left out, nobody is told when they cost more."),
});

export type WrittenCost = z.output<typeof cost>;
