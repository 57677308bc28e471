import { z } from "zod";
import { parseCidr } from "../../../components/cidr.ts";
import type { AddonVersions, NodesArgs } from "../../../components/cluster/eks/args.ts";
import versions from "../../versions.json" with { type: "json" };
import { field, matching } from "../field.ts";
import { nodes, type WrittenNodes } from "./eksNodes.ts";

const PINNED: Readonly<Record<string, AddonVersions>> = versions.addons;

const version = field({
  what: `a version of EKS whose add-ons are pinned (${Object.keys(PINNED).join(" or ")}), in quotes`,
  example: `"${versions.eks}"`,
  parse: (input) => {
    const addons = typeof input === "string" ? PINNED[input] : undefined;
    return addons && { version: String(input), addons };
  },
  explain: (input) => (typeof input === "number" ? `is read as a number; write "${input}"` : undefined),
});

const clusterName = field({
  what: "a name of lower-case letters, digits and dashes",
  example: "shop-staging",
  parse: matching(/^[a-z][a-z0-9-]{0,62}$/),
});

const domain = field({
  what: "a domain",
  example: "apps.example.org",
  parse: matching(/^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+[a-z]{2,}$/),
});

const WORLD = "opens the cluster's API to the world; state the addresses you come from, or none and come from within the network";

const source = field({
  what: "a block of addresses of at least /8, by its first",
  example: "203.0.113.0/24",
  parse: (input) => (typeof input === "string" && (parseCidr(input)?.prefix ?? 0) >= 8 ? input : undefined),
  explain: (input) => (typeof input === "string" && parseCidr(input) !== undefined ? WORLD : undefined),
});

const network = field({
  what: "a block of private addresses from /16 to /22, by its first",
  example: "10.0.0.0/16",
  parse: (input) => {
    const prefix = typeof input === "string" ? parseCidr(input)?.prefix : undefined;
    return prefix !== undefined && prefix >= 16 && prefix <= 22 ? String(input) : undefined;
  },
});

const principal = field({
  what: "the ARN of an IAM role or user",
  example: "arn:aws:iam::111122223333:role/deploy",
  parse: matching(/^arn:aws:iam::\d{12}:(?:role|user)\/\S+$/),
  explain: (input) =>
    typeof input === "string" && input.startsWith("arn:aws:sts:") ? "is a session; give the role that it is of" : undefined,
});

const endpoint = z.strictObject({
  cidrs: z
    .array(source)
    .default([])
    .describe(
      "From where on the internet the cluster's API may be reached. None: only from within the network, where Pulumi must run then.",
    ),
});

/** A cluster on AWS. */
export const eks = z.strictObject({
  kind: z.literal("eks").describe("`eks` is a cluster on AWS."),
  name: clusterName.optional().describe("Its name in the account, the stack's if not said. Another name is another cluster."),
  version: version.prefault(versions.eks).describe("It goes up one version at a time, and never back."),
  domain: domain.describe(
    "Services are at names below it, as echo.apps.example.org. That they lead to the load balancer is yours to see to.",
  ),
  endpoint: endpoint.prefault({}).describe("The cluster's API."),
  admins: z.array(principal).min(1).describe("Who may do everything. Nobody else gets in: whoever runs Pulumi must be among them."),
  viewers: z.array(principal).default([]).describe("Who may look at everything but secrets."),
  network: network.prefault("10.0.0.0/16").describe("Addresses of nodes and pods. It cannot be changed later."),
  nodes: nodes.prefault({}).describe("What it runs on."),
});

export type WrittenEks = z.output<typeof eks>;

/** In the terms of the components. */
export function assembleEks({ version, endpoint, network, nodes, ...rest }: WrittenEks) {
  return { ...rest, ...version, endpointCidrs: endpoint.cidrs, cidr: network, nodes: assembleNodes(nodes) };
}

/** Machines of two cores and eight GiB: several of these lose less with a node than few large ones. */
const MACHINES = { arm64: ["m7g.large", "m6g.large", "m8g.large"], amd64: ["m7i.large", "m6i.large", "m7a.large"] } as const;

function assembleNodes({ mode, architecture = "arm64", types, min = 3, max = 9, spot = 0, disk = 50 }: WrittenNodes): NodesArgs {
  if (mode === "auto") return { mode };
  const instanceTypes = types ?? MACHINES[architecture];
  return { mode, architecture, instanceTypes, minimum: min, maximum: max, spotShare: spot, diskGibibytes: disk };
}
