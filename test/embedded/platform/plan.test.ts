import assert from "node:assert/strict";
import { test } from "node:test";
import { PART_NAMES, type PartName, PORT_NAMES } from "../../../embedded/platform/names.ts";
import { PARTS } from "../../../embedded/platform/parts.ts";
import { planOf, toolsOf, withNeeds } from "../../../embedded/platform/plan.ts";
import { choosePorts } from "../../../embedded/platform/ports.ts";
import { pathsIn } from "../../../embedded/platform/state.ts";

for (const [asked, expected] of [
  [[], []],
  [["etcd"], ["etcd"]],
  [["prometheus"], ["prometheus"]],
  [["kube-apiserver"], ["etcd", "kube-apiserver", "cluster-setup"]],
  [["argo-rollouts"], ["etcd", "kube-apiserver", "cluster-setup", "argo-rollouts"]],
  [["envoy"], ["etcd", "kube-apiserver", "cluster-setup", "mesh", "envoy"]],
  [
    ["metrics", "etcd"],
    ["etcd", "kube-apiserver", "cluster-setup", "prometheus", "metrics"],
  ],
  [PART_NAMES, PART_NAMES],
] satisfies [readonly PartName[], readonly PartName[]][]) {
  test(`[${asked.join(", ")}] comes with all that it needs, in the order of the table`, () => {
    assert.deepEqual(withNeeds(asked), expected);
  });
}

test("no part needs itself, directly or through others", () => {
  const needsOf = (name: PartName): readonly PartName[] => PARTS[name].needs.flatMap((need) => [need, ...needsOf(need)]);
  for (const name of PART_NAMES) assert.ok(!needsOf(name).includes(name), name);
});

test("the programs of the parts are fetched, and those that they use; the stand-ins run on this Node", () => {
  assert.deepEqual(toolsOf(["node", "mesh", "cluster-setup"]), []);
  assert.deepEqual(toolsOf(["etcd", "metrics"]), ["etcd", "promtool"]);
});

async function wholePlan() {
  const paths = pathsIn("/state/local");
  const ports = await choosePorts(PORT_NAMES, {}, async () => true);
  const tools = Object.fromEntries(toolsOf(PART_NAMES).map((tool) => [tool, `/tools/${tool}`]));
  const context = { paths, ports, images: "/state/images", crdFiles: ["/crds/rollout.yaml"], durable: true };
  return { plan: planOf("id", "/state/local", PART_NAMES, tools, context), ports };
}

test("every port that is chosen is used by a part, and used once to listen", async () => {
  const { plan, ports } = await wholePlan();
  const words = plan.parts.flatMap(({ args, probe }) => [...args, JSON.stringify(probe)]).join(" ");
  for (const [name, port] of Object.entries(ports)) assert.ok(words.includes(String(port)), name);
});

test("no part is told an address that others on the network could reach", async () => {
  const { plan } = await wholePlan();
  for (const { name, args } of plan.parts) assert.doesNotMatch(args.join(" "), /0\.0\.0\.0|\[::\]/, name);
});

test("fsync is left out only where data may be lost", async () => {
  const { plan } = await wholePlan();
  assert.ok(!plan.parts.some(({ args }) => args.includes("--unsafe-no-fsync")));
});
