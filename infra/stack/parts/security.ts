import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../../charts/written.ts";
import { email } from "../email.ts";
import { field, matching } from "../field.ts";
import { flag } from "../units.ts";

const secrets = field<"external" | "sealed">({
  what: "external or sealed",
  example: "external",
  parse: (input) => (input === "external" || input === "sealed" ? input : undefined),
});

const authority = field<"own" | "acme">({
  what: "own or acme",
  example: "own",
  parse: (input) => (input === "own" || input === "acme" ? input : undefined),
});

const server = field({
  what: "the https address of an ACME directory",
  example: "https://acme-v02.api.letsencrypt.org/directory",
  parse: matching(/^https:\/\/\S+$/),
});

const certificates = z
  .strictObject({
    authority: authority
      .default("own")
      .describe(
        "Who signs: `own`, an authority of the cluster that no browser knows, or `acme`, a public one, which needs a name that the world can reach.",
      ),
    email: email.optional().describe("Where the public authority writes to when a certificate is about to end."),
    server: server.prefault("https://acme-v02.api.letsencrypt.org/directory").describe("The public authority."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    if (value.authority === "acme" && value.email === undefined)
      context.addIssue({
        code: "custom",
        path: ["email"],
        message: "missing: authority acme writes to somebody when a certificate is about to end",
      });
    if (value.authority === "own" && value.email !== undefined)
      context.addIssue({
        code: "custom",
        path: ["email"],
        message: "given, but authority own writes to nobody; leave it out or say authority: acme",
      });
  }, evenWhenBroken);

/** What guards the cluster. */
export const security = z.strictObject({
  policies: flag
    .default(true)
    .describe("Kyverno, which refuses what the project's policies forbid (or reports it, in a development environment)."),
  secrets: secrets
    .optional()
    .describe(
      "Where secrets come from: `external`, the account's Secrets Manager, or `sealed`, encrypted in Git for this cluster alone. Left out: neither.",
    ),
  certificates: certificates.optional().describe("cert-manager, and who signs. Left out: no certificates are made."),
  scanner: flag.default(true).describe("Trivy, which looks for known vulnerabilities in the images that run."),
});

export type WrittenSecurity = z.output<typeof security>;
