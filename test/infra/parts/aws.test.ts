import assert from "node:assert/strict";
import { test } from "node:test";
import type { z } from "zod";
import { assembleAws, aws } from "../../../infra/stack/parts/aws.ts";
import { assembleEks, eks } from "../../../infra/stack/parts/eks.ts";
import { explainForm, problemsOf } from "../../../infra/stack/problems.ts";
import versions from "../../../infra/versions.json" with { type: "json" };

const tags = { project: "shop", environment: "staging", owner: "platform" };
const place = { account: "111122223333", region: "eu-central-1", tags };
const cluster = { kind: "eks", domain: "apps.example.org", admins: ["arn:aws:iam::111122223333:role/deploy"] };

function told(schema: z.ZodType, value: unknown): readonly string[] {
  const decoded = schema.safeParse(value, { error: explainForm });
  return decoded.success ? [] : problemsOf(decoded.error).map(({ path, reason }) => `${path}: ${reason}`);
}

test("a stack that says no zones has the region's first three", () => {
  assert.deepEqual(assembleAws(aws.parse(place)).zones, ["eu-central-1a", "eu-central-1b", "eu-central-1c"]);
  const own = { ...place, zones: ["eu-central-1c", "eu-central-1a"] };
  assert.deepEqual(assembleAws(aws.parse(own)).zones, ["eu-central-1c", "eu-central-1a"]);
});

test("a cluster that says only who gets in and where services are has safe defaults and pinned add-ons", () => {
  const { admins, ...rest } = assembleEks(eks.parse(cluster));
  assert.deepEqual(rest, {
    kind: "eks",
    domain: "apps.example.org",
    viewers: [],
    version: versions.eks,
    addons: versions.addons["1.36"],
    endpointCidrs: [],
    cidr: "10.0.0.0/16",
    nodes: {
      mode: "managed",
      architecture: "arm64",
      instanceTypes: ["m7g.large", "m6g.large", "m8g.large"],
      minimum: 3,
      maximum: 9,
      spotShare: 0,
      diskGibibytes: 50,
    },
  });
  assert.deepEqual(admins, cluster.admins);
});

test("nodes are as they are written", () => {
  const nodes = { architecture: "amd64", types: ["c7i.xlarge"], min: 4, max: 8, spot: "50%", disk: "100Gi" };
  assert.deepEqual(assembleEks(eks.parse({ ...cluster, nodes })).nodes, {
    mode: "managed",
    architecture: "amd64",
    instanceTypes: ["c7i.xlarge"],
    minimum: 4,
    maximum: 8,
    spotShare: 0.5,
    diskGibibytes: 100,
  });
  assert.deepEqual(assembleEks(eks.parse({ ...cluster, nodes: { mode: "auto" } })).nodes, { mode: "auto" });
});

test("another version of EKS comes with add-ons of its own", () => {
  assert.deepEqual(assembleEks(eks.parse({ ...cluster, version: "1.35" })).addons, versions.addons["1.35"]);
});

test("every missing tag is told, and what else is wrong with it", () => {
  assert.deepEqual(told(aws, { account: 111122223333, region: "eu-central-1" }), [
    "account: 111122223333 is read as a number, which has no zero in front; put it in quotes",
    "tags.environment: missing: give a tag of up to 256 letters, digits, spaces and _.:/=+-@, for example staging",
    "tags.owner: missing: give a tag of up to 256 letters, digits, spaces and _.:/=+-@, for example team-platform",
    "tags.project: missing: give a tag of up to 256 letters, digits, spaces and _.:/=+-@, for example shop",
  ]);
});

const refusedPlaces: readonly (readonly [string, object, RegExp])[] = [
  ["a region of another part of AWS", { region: "cn-north-1" }, /^region: "cn-north-1" is not of AWS' public part$/],
  ["a zone of another region", { zones: ["eu-central-1a", "us-east-1b"] }, /^zones\[1\]: us-east-1b is not a zone of eu-central-1$/],
  ["a single zone", { zones: ["eu-central-1a"] }, /^zones: give two or three different zones$/],
  ["an unknown tag", { tags: { ...tags, team: "x" } }, /^tags\.team: unknown; known here: project, environment, owner$/],
];
for (const [sentence, changed, line] of refusedPlaces) {
  test(`refused: ${sentence}`, () => assert.match(told(aws, { ...place, ...changed }).join("\n"), line));
}

const refusedClusters: readonly (readonly [string, object, RegExp])[] = [
  [
    "an API for the world",
    { endpoint: { cidrs: ["0.0.0.0/0"] } },
    /^endpoint\.cidrs\[0\]: "0\.0\.0\.0\/0" opens the cluster's API to the world/,
  ],
  ["an address that is none", { endpoint: { cidrs: ["office"] } }, /^endpoint\.cidrs\[0\]: "office" is not a block of addresses/],
  ["a version as a number", { version: 1.36 }, /^version: 1\.36 is read as a number; write "1\.36"$/],
  [
    "a version without pinned add-ons",
    { version: "1.20" },
    /^version: "1\.20" is not a version of EKS whose add-ons are pinned \(1\.36 or 1\.35\)/,
  ],
  ["nobody who gets in", { admins: [] }, /^admins: empty: give at least one$/],
  [
    "a session for a role",
    { admins: ["arn:aws:sts::111122223333:assumed-role/deploy/ci"] },
    /^admins\[0\]: .* is a session; give the role/,
  ],
  ["more nodes at least than at most", { nodes: { min: 12 } }, /^nodes\.max: 9 is below min \(12\)$/],
  ["machines of another architecture", { nodes: { types: ["m7i.large"] } }, /^nodes\.types: not arm64: m7i\.large$/],
  ["machines for Auto Mode", { nodes: { mode: "auto", min: 3 } }, /^nodes\.min: given, but in mode auto AWS decides; leave it out$/],
  ["nothing but spot", { nodes: { spot: "100%" } }, /^nodes\.spot: "100%" is not a percentage from 0% to 90%/],
  ["a share without a unit", { nodes: { spot: 50 } }, /^nodes\.spot: 50 has no unit; write "50%"$/],
];
for (const [sentence, changed, line] of refusedClusters) {
  test(`refused: ${sentence}`, () => assert.match(told(eks, { ...cluster, ...changed }).join("\n"), line));
}
