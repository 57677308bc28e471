import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../../charts/written.ts";
import { field, matching } from "../field.ts";

const account = field({
  what: "a number of twelve digits, in quotes",
  example: '"111122223333"',
  parse: matching(/^\d{12}$/),
  explain: (input) => (typeof input === "number" ? "is read as a number, which has no zero in front; put it in quotes" : undefined),
});

const region = field({
  what: "a region of AWS",
  example: "eu-central-1",
  parse: matching(/^(?!cn-|us-gov-|us-iso)[a-z]{2}-[a-z]+-\d$/),
  explain: (input) => (typeof input === "string" && /^(cn|us-gov|us-iso)/.test(input) ? "is not of AWS' public part" : undefined),
});

const zone = field({
  what: "a zone of a region",
  example: "eu-central-1a",
  parse: matching(/^[a-z]{2}-[a-z]+-\d[a-z]$/),
});

/** Characters that every service of AWS takes in a tag. */
const tag = (example: string) =>
  field({
    what: "a tag of up to 256 letters, digits, spaces and _.:/=+-@",
    example,
    parse: matching(/^[\p{L}\p{N}_.:/=+\-@](?:[\p{L}\p{N} _.:/=+\-@]{0,255})$/u),
  });

const tags = z.strictObject({
  project: tag("shop").describe("What it is all for."),
  environment: tag("staging").describe("As accounts and bills call it."),
  owner: tag("team-platform").describe("Who is asked when it costs money or makes trouble."),
});

/** Where in AWS a stack lives. */
export const aws = z
  .strictObject({
    account: account.describe("The account. Credentials of any other one are refused before anything is touched."),
    region: region.describe("The region."),
    zones: z
      .array(zone)
      .optional()
      .describe(
        "Two or three of the region's zones; a, b and c if not said. Their order decides about addresses: another order makes the subnets anew.",
      ),
    tags: tags
      .prefault({ project: undefined, environment: undefined, owner: undefined })
      .describe("On everything that AWS can tag. None may be missing."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value) || !Array.isArray(value.zones)) return;
    const { region, zones } = value;
    const issue = (path: (string | number)[], message: string) => context.addIssue({ code: "custom", path, message });
    if (new Set(zones).size !== zones.length || zones.length < 2 || zones.length > 3) issue(["zones"], "give two or three different zones");
    for (const [index, zone] of zones.entries()) {
      if (typeof zone !== "string" || typeof region !== "string" || zone.startsWith(region)) continue;
      issue(["zones", index], `${zone} is not a zone of ${region}`);
    }
  }, evenWhenBroken);

export type WrittenAws = z.output<typeof aws>;

/** In the terms of the components. */
export function assembleAws({ account, region, zones, tags }: WrittenAws) {
  return { account, region, zones: zones ?? ["a", "b", "c"].map((letter) => `${region}${letter}`), tags };
}
