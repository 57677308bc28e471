import { z } from "zod";
import { evenWhenBroken, isMapping } from "../../../charts/written.ts";
import versions from "../../versions.json" with { type: "json" };
import { field, matching } from "../field.ts";
import { whole } from "../units.ts";

/** Kubernetes versions that kind's release has images of, as they are written here: "1.34". */
const MINORS = Object.keys(versions.kind.nodes).map(minorOf);

const name = field({
  what: "a name of at most 40 lower-case letters, digits and dashes, first a letter, last no dash",
  example: "sluice-dev",
  parse: matching(/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/),
});

const kubernetes = field({
  what: `a version of Kubernetes that there is a node image of (${MINORS.join(", ")}, or an exact one such as 1.34.3), in quotes`,
  example: '"1.34"',
  parse: (input) => (typeof input === "string" && (MINORS.includes(input) || /^1\.\d+\.\d+$/.test(input)) ? input : undefined),
  explain: (input) => (typeof input === "number" ? `is a number here, and YAML makes 1.3 of 1.30; quote it ("${input}")` : undefined),
});

const port = whole(1, 65_535);

/** A cluster in containers on this machine. */
export const kind = z
  .strictObject({
    kind: z
      .literal("kind")
      .describe("`kind` is a cluster in Docker containers on this machine, made and removed by `pulumi up` and `pulumi destroy`."),
    name: name
      .optional()
      .describe("What kind calls it, `sluice-STACK` if not said; its registry is called the same and `-registry`. Unique on this machine."),
    nodes: whole(1, 10)
      .default(1)
      .describe("Nodes, the first of which is the control plane. Other nodes make the cluster anew, with all that is on it."),
    kubernetes: kubernetes
      .default(minorOf(versions.kubernetes))
      .describe("Another version makes the cluster anew, with all that is on it."),
    httpPort: port
      .default(8080)
      .describe(
        "Port of this machine's loopback address where services are found, as `http://SERVICE.localhost:8080`. Another one makes the cluster anew.",
      ),
    httpsPort: port.default(8443).describe("The same, for TLS."),
    registryPort: port
      .default(5001)
      .describe("Port of the local registry on this machine's loopback address: images are called `localhost:5001/NAME`."),
  })
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    const names = ["httpPort", "httpsPort", "registryPort"] as const;
    for (const [index, name] of names.entries()) {
      const before = names.slice(0, index).find((other) => value[other] === value[name]);
      if (before === undefined || typeof value[name] !== "number") continue;
      context.addIssue({ code: "custom", path: [name], message: `${value[name]} is taken by ${before}; give another port` });
    }
  }, evenWhenBroken);

export type WrittenKind = z.output<typeof kind>;

/** As components/cluster/kind takes it. */
export function assembleKind({ httpPort, httpsPort, ...rest }: WrittenKind) {
  return { ...rest, ports: { http: httpPort, https: httpsPort } };
}

function minorOf(version: string): string {
  return version.split(".").slice(0, 2).join(".");
}
