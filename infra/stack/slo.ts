import { z } from "zod";
import { field, matching } from "./field.ts";
import { days, flag, milliseconds, percent, share, whole } from "./units.ts";

const name = field({
  what: "a short name of lower-case letters, digits and dashes",
  example: "availability",
  parse: matching(/^[a-z]([a-z0-9-]{0,30}[a-z0-9])?$/),
});

const tolerance = field({
  what: "a number of at least 1",
  example: "1.5",
  parse: (input) => (typeof input === "number" && input >= 1 && Number.isFinite(input) ? input : undefined),
});

const window = field({
  what: "a whole number of days, or month",
  example: "30d",
  parse: (input) => (input === "month" ? { calendar: "month" as const } : days(input)),
  explain: (input) => (typeof input === "number" ? `has no unit; write ${input}d` : undefined),
});

const link = field({
  what: "a link that a person can open from an alert",
  example: "https://runbooks.example/echo",
  parse: matching(/^https?:\/\/\S+$/),
});

const alerting = z.strictObject({
  page: flag.default(true).describe("Whether fast burns of the error budget alert."),
  ticket: flag.default(true).describe("Whether slow burns of the error budget alert."),
  absent: flag.default(false).describe("Whether no data alerts. Only for a service that always has requests."),
  runbook: link.optional().describe("Where an alert leads the person who gets it."),
});

/** One objective. */
export const slo = z.strictObject({
  name: name.describe("Unique within the service."),
  objective: percent.describe("Percent of requests that must be good, for the error budget and its alerts."),
  window: window.describe(
    "Time that the error budget is for: so many days, at any time, or `month`, which begins anew on the first (UTC).",
  ),
  limit: share.describe("Share of bad requests that a canary is not allowed."),
  tolerance: tolerance.default(1.5).describe("How many times as bad as stable a canary may be."),
  threshold: milliseconds
    .optional()
    .describe(
      "Makes it an objective of latency: requests slower than, for example, `300ms` are bad. It must be a bucket of the mesh's histogram (`sluice:mesh`).",
    ),
  minEvents: whole(0)
    .default(0)
    .describe("Requests that an alert needs in its long window, so that one failure of three does not wake anybody."),
  alerting: alerting.prefault({}).describe("Which alerts there are."),
});

export type WrittenSlo = z.output<typeof slo>;
