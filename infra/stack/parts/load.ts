import { z } from "zod";
import { PROFILES, type Profile } from "../../../charts/load/index.ts";
import { field } from "../field.ts";
import { serviceName } from "../serviceName.ts";
import { whole } from "../units.ts";

const profile = field<Profile>({
  what: `a profile (${PROFILES.join(" or ")})`,
  example: "load",
  parse: (input) => PROFILES.find((name) => name === input),
});

const run = z.strictObject({
  service: serviceName.describe("Which service requests are sent to, through the gateway as users do."),
  profile: profile.describe(
    "`load`: up to the rate, and five minutes there. `stress`: on to twice and four times the rate, until a bound is crossed.",
  ),
  rate: whole(1).describe("Requests a second."),
  run: whole(1).default(1).describe("Raise it to run it again. Before a run there are no pods, and after it they stay for their log."),
});

/** k6: whether a new version answers at all, and how much a service bears. */
export const load = z.strictObject({
  smoke: z
    .array(serviceName)
    .default([])
    .describe("Services that are asked whether they answer each time a new image runs. `pulumi up` fails where one does not."),
  runs: z.array(run).default([]).describe("Runs that are asked for. Each runs once."),
});

export type WrittenLoad = z.output<typeof load>;
