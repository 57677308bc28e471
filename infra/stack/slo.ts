import { z } from "zod";
import { field } from "./field.ts";
import { milliseconds, objective, seconds, share } from "./units.ts";

/** The buckets of Istio's request durations, in milliseconds, and the two (200, 300) that our mesh adds. */
export const MESH_BUCKETS_MS: readonly number[] = [
  0.5, 1, 5, 10, 25, 50, 100, 200, 250, 300, 500, 1_000, 2_500, 5_000, 10_000, 30_000, 60_000, 300_000, 600_000, 1_800_000, 3_600_000,
];

const name = field({
  what: "a short name of lower-case letters, digits and dashes",
  example: "availability",
  parse: (input) => (typeof input === "string" && /^[a-z][a-z0-9-]{0,31}$/.test(input) ? input : undefined),
});

const tolerance = field({
  what: "a number of at least 1",
  example: "1.5",
  parse: (input) => (typeof input === "number" && input >= 1 && Number.isFinite(input) ? input : undefined),
});

/** One objective. */
export const slo = z.strictObject({
  name: name.describe("Unique within the service."),
  objective: objective.describe("Percent of requests that must be good, for alerts."),
  window: seconds.describe("Time over which the objective holds, such as `30d`."),
  limit: share.describe("Share of bad requests that a canary is not allowed."),
  tolerance: tolerance.default(1.5).describe("How many times as bad as stable a canary may be."),
  threshold: milliseconds
    .optional()
    .describe(
      "Makes it an objective of latency: requests slower than, for example, `300ms` are bad. It must be a bucket of the mesh's histogram (`sluice:mesh`).",
    ),
});

export type WrittenSlo = z.output<typeof slo>;
