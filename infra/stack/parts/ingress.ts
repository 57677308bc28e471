import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../../charts/written.ts";
import { parseCidr } from "../../../components/cidr.ts";
import { field, matching } from "../field.ts";
import { SECRET_NAME } from "../secretKey.ts";
import { whole } from "../units.ts";

const kind = field<"istio" | "kong">({
  what: "istio or kong",
  example: "istio",
  parse: (input) => (input === "istio" || input === "kong" ? input : undefined),
});

const tls = field<"issued" | "given" | "none">({
  what: "issued, given or none",
  example: "issued",
  parse: (input) => (input === "issued" || input === "given" || input === "none" ? input : undefined),
});

const host = field({
  what: "a host name, or *. and the end of one",
  example: "*.staging.example.com",
  parse: matching(/^(?:\*\.[a-z0-9-]+|[a-z0-9-]+\.[a-z0-9-]+)(?:\.[a-z0-9-]+)*$/),
});

const secretName = field({
  what: "the name of a Secret",
  example: "public-names",
  parse: matching(SECRET_NAME),
});

const addresses = field({
  what: "a block of IPv4 addresses",
  example: "203.0.113.0/24",
  parse: (input) => (typeof input === "string" && parseCidr(input) !== undefined ? input : undefined),
});

const of = field<"caller" | "service">({
  what: "caller or service",
  example: "caller",
  parse: (input) => (input === "caller" || input === "service" ? input : undefined),
});

const rateLimit = z
  .strictObject({
    perSecond: whole(1).optional().describe("Requests a second, for each of the gateway's pods."),
    perMinute: whole(1).optional().describe("Requests a minute, for each of the gateway's pods."),
    of: of.default("caller").describe("Whether each address of a caller has its own count, or all callers of the service share one."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value) || value.perSecond !== undefined || value.perMinute !== undefined) return;
    context.addIssue({ code: "custom", message: "limits nothing: give perSecond, perMinute or both" });
  }, evenWhenBroken);

/** How the world comes in. */
export const ingress = z
  .strictObject({
    kind: kind.default("istio").describe("`kong` has rate limits, and its proxies are one hop more."),
    hosts: z.array(host).min(1).describe("Public names of the services."),
    tls: tls
      .default("issued")
      .describe(
        "Where the certificate is from: `issued` by the stack's own issuer (`security.certificates`), `given` as a Secret, or `none`, for a laptop only: requests can then be read on their way.",
      ),
    secret: secretName
      .optional()
      .describe("The Secret of a `given` certificate, in the gateway's namespace; with `kong` in the services'."),
    callers: z.array(addresses).prefault([]).describe("Who may call, where there is a load balancer. Left out: the whole world."),
    rateLimits: z.record(z.string(), rateLimit).prefault({}).describe("By service, with `kong` only: beyond it the answer is 429."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    const issue = (key: string, message: string) => context.addIssue({ code: "custom", path: [key], message });
    if (value.tls === "given" && value.secret === undefined)
      issue("secret", "missing: tls given needs the name of the certificate's Secret");
    if (value.tls !== "given" && value.secret !== undefined) issue("secret", "given, but tls is not; leave it out or say tls: given");
    if (value.kind === "istio" && isMapping(value.rateLimits) && Object.keys(value.rateLimits).length > 0)
      issue("rateLimits", "needs kind: kong; leave it out or change the kind");
  }, evenWhenBroken);

export type WrittenIngress = z.output<typeof ingress>;
