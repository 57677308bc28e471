import { z } from "zod";
import type { ExternalHost, Identity, KnownCallers, MeshMode } from "../../../components/mesh/index.ts";
import { field, matching } from "../field.ts";

const mode = field<MeshMode>({
  what: "sidecar or ambient",
  example: "sidecar",
  parse: (input) => (input === "sidecar" || input === "ambient" ? input : undefined),
});

const caller = field<Identity | keyof KnownCallers>({
  what: "ingress, prometheus, or a service account as namespace/name",
  example: "apps/client",
  parse: (input) => {
    if (input === "ingress" || input === "prometheus") return input;
    const [, namespace, serviceAccount] = typeof input === "string" ? (/^([a-z0-9-]+)\/([a-z0-9.-]+)$/.exec(input) ?? []) : [];
    return namespace !== undefined && serviceAccount !== undefined ? { namespace, serviceAccount } : undefined;
  },
});

const method = field({
  what: "an HTTP method in capitals",
  example: "GET",
  parse: matching(/^[A-Z]+$/),
});

const path = field({
  what: "a path from / on, or the beginning of one before *",
  example: "/api/*",
  parse: matching(/^\/[^*?#]*\*?$/),
});

const httpsAddress = field({
  what: "an https address",
  example: "https://login.example.com/keys",
  parse: matching(/^https:\/\/[^\s/]+\S*$/),
});

const text = field({ what: "a text", example: "echo", parse: (input) => (typeof input === "string" && input !== "" ? input : undefined) });

const externalHost = field<ExternalHost>({
  what: "a host name, with a port where it is not 443",
  example: "db.example.com:5432",
  parse: (input) => {
    const [, host, port = "443"] =
      typeof input === "string" ? (/^((?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)+)(?::(\d+))?$/.exec(input) ?? []) : [];
    return host !== undefined && Number(port) >= 1 && Number(port) <= 65_535 ? { host, port: Number(port) } : undefined;
  },
  explain: (input) =>
    typeof input === "string" && input.includes("://") ? "is an address; write its host alone, api.example.com" : undefined,
});

const accessLogs = field<"errors" | "all">({
  what: "errors or all",
  example: "errors",
  parse: (input) => (input === "errors" || input === "all" ? input : undefined),
});

const tracedPercent = field({
  what: "a percentage from 0% to 100%",
  example: "5%",
  parse: (input) => {
    const [, digits] = typeof input === "string" ? (/^(\d+(?:\.\d+)?)%$/.exec(input) ?? []) : [];
    return digits !== undefined && Number(digits) <= 100 ? Number(digits) : undefined;
  },
  explain: (input) => (typeof input === "number" ? `has no unit; write "${input}%"` : undefined),
});

const allow = z.strictObject({
  from: caller.describe("Who may: the way in from outside, Prometheus, or the pods of a service account."),
  methods: z.array(method).min(1).optional().describe("Only these methods. Left out: every one."),
  paths: z.array(path).min(1).optional().describe("Only these paths. Left out: every one."),
  issuer: httpsAddress.optional().describe("The request has to bring a token of this issuer, one of `issuers`. Left out: it needs none."),
});

const issuer = z.strictObject({
  issuer: httpsAddress.describe("As in the token's `iss`."),
  jwksUri: httpsAddress.describe("Where its keys are found."),
  audiences: z.array(text).min(1).describe("Tokens for others are refused."),
});

/** Istio, and who may call whom. */
export const meshPart = z.strictObject({
  mode: mode
    .default("sidecar")
    .describe(
      "`ambient` needs no proxy in each pod and less memory. It does not keep pods from calling places outside that are not in `egress`.",
    ),
  allow: z
    .record(z.string(), z.array(allow))
    .prefault({})
    .describe(
      "By service: who may call it. A service of which nothing is said may be called from outside alone; an empty list allows nobody.",
    ),
  issuers: z.array(issuer).prefault([]).describe("Who signs the tokens that services trust."),
  egress: z
    .array(externalHost)
    .prefault([])
    .describe(
      "What services may call outside the cluster: 443 is TLS, 80 is HTTP, all else TCP. The cloud's own services are outside, too.",
    ),
  accessLogs: accessLogs.default("errors").describe("Which requests a proxy writes a line of: those answered with 5xx, or all."),
  traced: tracedPercent.prefault("5%").describe("Requests that begin a trace, where there is something that takes traces."),
});

export type WrittenMeshPart = z.output<typeof meshPart>;
