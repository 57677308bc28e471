// The node ends without warning, and comes back: the supervisor starts it again.
import assert from "node:assert/strict";
import { test } from "node:test";
import { pods } from "../../../embedded/kube/index.ts";
import { findLeftovers } from "../../../embedded/node/leftovers.ts";
import type { Pod } from "../../../embedded/node/types.ts";
import { down, type PlatformState, status, up } from "../../../embedded/platform/index.ts";
import { eventually } from "../../support/eventually.ts";
import { ask, condition, firstContainer, NODE_PARTS, type NodeTest, nodeTest } from "./support.ts";

const restarts = async (stateDir: string) => (await status(stateDir)).parts.find(({ name }) => name === "node");

/** Ends the node's process with -9, calls `meanwhile`, and waits until the supervisor has a new one running. */
async function killNode({ stateDir }: PlatformState, meanwhile: () => Promise<void> = async () => {}): Promise<void> {
  const before = await restarts(stateDir);
  assert.ok(before?.pid);
  process.kill(before.pid, "SIGKILL");
  await meanwhile();
  await eventually("the node is back", async () => {
    const now = await restarts(stateDir);
    return (now?.state === "running" && now.restarts > before.restarts) || undefined;
  });
}

async function startAgain({ stateDir }: PlatformState, images: string): Promise<void> {
  await up({ stateDir, images, parts: NODE_PARTS, detached: false, durable: false });
}

const ready = async ({ until }: NodeTest, name: string) => until(name, "is ready", (pod) => condition(pod, "Ready") === "True" && pod);

test("a node that was killed takes its pods' processes over, and ends those of pods that were deleted meanwhile", async (t) => {
  const node = await nodeTest(t);
  const leftovers = () => findLeftovers(`${node.state.stateDir}/node`);
  const probe = { httpGet: { path: "/alive", port: 8080 }, periodSeconds: 1, failureThreshold: 2 };
  await node.create("stays", { livenessProbe: probe, readinessProbe: { httpGet: { path: "/ready", port: 8080 }, periodSeconds: 1 } });
  await node.create("goes");
  const before = await ready(node, "stays");
  await ready(node, "goes");

  await killNode(node.state, async () => {
    assert.equal((await ask(before, "/ready")).status, 200);
    await node.client.delete(pods, "goes", "default", { gracePeriodSeconds: 0 });
  });

  await eventually("only the pod that is still there has a process", async () => (leftovers().length === 1 ? true : undefined));
  const after = await ready(node, "stays");
  assert.equal(after.status?.podIP, before.status?.podIP);
  assert.equal(firstContainer(after)?.restartCount, 0);
  assert.equal(after.status?.conditions?.find(({ type }) => type === "Ready")?.lastTransitionTime, readySince(before));

  // The new node looks after it like the old one: it sees it end and starts it again.
  await ask(after, "/break?path=/alive");
  const restarted = await node.until("stays", "was restarted", (pod) => firstContainer(pod)?.restartCount === 1 && pod);
  assert.equal(firstContainer(restarted)?.lastState?.terminated?.reason, "ContainerStatusUnknown");

  const [left] = leftovers();
  assert.ok(left);
  await killNode(node.state, async () => {
    process.kill(-left.pid, "SIGKILL");
  });
  await node.until("stays", "was restarted again", (pod) => firstContainer(pod)?.restartCount === 2 && condition(pod, "Ready") === "True");

  await down(node.state.stateDir);
  assert.deepEqual(leftovers(), []);
  await startAgain(node.state, node.images);
  await node.until(
    "stays",
    "goes on after the platform was stopped",
    (pod) => firstContainer(pod)?.restartCount === 3 && condition(pod, "Ready") === "True",
  );
});

function readySince(pod: Pod): string | undefined {
  return pod.status?.conditions?.find(({ type }) => type === "Ready")?.lastTransitionTime;
}
