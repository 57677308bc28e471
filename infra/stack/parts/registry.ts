import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../../charts/written.ts";
import { field, matching } from "../field.ts";
import { flag, whole } from "../units.ts";

const repository = field({
  what: "a repository as GitHub's tokens name it",
  example: "octo/shop",
  parse: matching(/^[\w.-]+\/[\w.-]+$|^[\w.-]+@\d+\/[\w.-]+@\d+$/),
  explain: (input) => (typeof input === "string" && input.startsWith("https://") ? "is a link; write owner/name alone" : undefined),
});

// GitHub's own rules allow more; a colon would end the name within a token's subject, and * and ? look like patterns, which there are none of.
const ref = field({
  what: "a name without spaces, colons, * and ?",
  example: "main",
  parse: matching(/^[^\s:*?]+$/),
});

const github = z
  .strictObject({
    repository: repository.describe(
      "Whose workflows push: `octo/shop`, or `octo@123/shop@456` where GitHub's tokens hold the numbers of owner and repository, as they do for repositories made or renamed since 15 July 2026.",
    ),
    branches: z
      .array(ref)
      .default([])
      .describe("Branches whose workflows push. A job that names an environment comes as that, whatever its branch."),
    environments: z.array(ref).default([]).describe("Environments of the repository whose jobs push."),
    trusted: flag
      .default(false)
      .describe(
        "Whether the account trusts GitHub's tokens already, by another stack or by hand: that can be said only once in an account.",
      ),
  })
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    const { branches = [], environments = [] } = value;
    if (!Array.isArray(branches) || !Array.isArray(environments) || branches.length + environments.length > 0) return;
    context.addIssue({ code: "custom", path: ["branches"], message: "empty, and so is environments: name at least one that pushes" });
  }, evenWhenBroken);

/** Where images of our own are kept in the cloud. */
export const registry = z.strictObject({
  keep: whole(10)
    .default(100)
    .describe("Images kept of each app; the oldest go first, also one that still runs somewhere and could then not be pulled again."),
  github: github.optional().describe("Who may push. Left out: nobody gets a role for it."),
});

export type WrittenRegistry = z.output<typeof registry>;

/** As components/registry takes it. */
export function assembleRegistry({ keep, github }: WrittenRegistry) {
  if (github === undefined) return { keepImages: keep };
  const { trusted, ...rest } = github;
  return { keepImages: keep, github: { ...rest, isTrusted: trusted } };
}
