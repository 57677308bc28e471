// The mesh part as the platform runs it: real API server, real Envoy.
import assert from "node:assert/strict";
import { request } from "node:http";
import { test } from "node:test";
import { applyServerSide, clientFor, events, type KubeClient, type Pod, pods } from "../../../embedded/kube/index.ts";
import { type MeshObject, virtualServices } from "../../../embedded/mesh/objects.ts";
import type { PlatformState } from "../../../embedded/platform/index.ts";
import { eventually } from "../../support/eventually.ts";
import { startPlatform } from "../../support/platform.ts";
import { startPod } from "./gateway.ts";
import { echoServices, pod, split } from "./objects.ts";

test("the mesh follows the cluster: weights, readiness, ending pods, and what it cannot do", async (t) => {
  const [platform, old, young] = await Promise.all([startPlatform(t, { parts: ["mesh", "envoy"] }), startPod("old"), startPod("new")]);
  t.after(() => {
    old.kill();
    young.kill();
  });
  const client = await clientFor(platform.kubeconfig);
  t.after(() => client.close());
  for (const service of echoServices) await applyServerSide(client, { apiVersion: "v1", kind: "Service", ...service }, "test");
  await createPod(client, pod(old.ip, { hash: "old" }));
  await createPod(client, pod(young.ip, { hash: "new" }));
  await client.create(virtualServices, echo(0));
  await eventually("stable to answer", async () => ((await get(platform)) === "200 old" ? true : undefined));

  await t.test("a weight reaches Envoy in a moment", async () => {
    const times: number[] = [];
    for (const weight of [100, 0, 100, 0, 100, 0]) {
      const wanted = weight === 100 ? "200 new" : "200 old";
      const began = performance.now();
      await client.patch(virtualServices, "echo", { spec: split(weight) });
      while ((await get(platform)) !== wanted) assert.ok(performance.now() - began < 5000, `${wanted} does not come`);
      times.push(Math.round(performance.now() - began));
    }
    t.diagnostic(`from before the write to the first answer: ${times.join(", ")} ms`);
    assert.ok((times.toSorted((a, b) => a - b)[2] ?? 0) < 500, `${times.join(", ")} ms`);
  });

  await t.test("a pod that stops being ready, and one that is deleted, get nothing more", async () => {
    await client.patch(virtualServices, "echo", { spec: split(50) });
    await setReady(client, pod(young.ip, { hash: "new" }), false);
    await eventually("the canary to be without pods", async () =>
      (await answers(platform)).has("503 no healthy upstream") ? true : undefined,
    );
    await setReady(client, pod(young.ip, { hash: "new" }), true);
    await eventually("the canary to answer", async () => ((await answers(platform)).has("200 new") ? true : undefined));
    await client.delete(pods, nameOf(old.ip));
    await eventually("stable to be without pods", async () => ((await answers(platform)).has("200 old") ? undefined : true));
  });

  await t.test("what the mesh does not do is an event on the object, once", async () => {
    const http = [{ fault: { abort: { httpStatus: 500, percentage: { value: 1 } } }, route: [{ destination: { host: "echo-canary" } }] }];
    await client.patch(virtualServices, "echo", { spec: { hosts: ["echo.localhost"], http } });
    const told = await eventually("the event", async () => {
      const found = await client.list(events, {
        namespace: "default",
        fieldSelector: "involvedObject.name=echo,involvedObject.kind=VirtualService",
      });
      return found.length > 0 ? found : undefined;
    });
    assert.deepEqual(
      told.map(({ type, reason, message }) => ({ type, reason, message })),
      [
        {
          type: "Warning",
          reason: "NotServedAsWritten",
          message: "spec.http[0].fault: the embedded platform does not do this and leaves it out",
        },
      ],
    );
    assert.equal(await get(platform), "200 new");
  });
});

function echo(canary: number): MeshObject {
  return { metadata: { name: "echo", namespace: "default" }, spec: split(canary) };
}

const nameOf = (ip: string) => pod(ip).metadata?.name ?? "";

async function createPod(client: KubeClient, object: Pod): Promise<void> {
  const { ownerReferences: _, ...metadata } = object.metadata ?? {};
  await client.create(pods, { ...object, metadata });
  await setReady(client, object, true);
}

async function setReady(client: KubeClient, object: Pod, ready: boolean): Promise<void> {
  const conditions = [{ type: "Ready", status: ready ? "True" : "False" }];
  const status = { phase: "Running", podIP: object.status?.podIP, podIPs: [{ ip: object.status?.podIP }], conditions };
  await client.patch(pods, object.metadata?.name ?? "", { status }, { subresource: "status" });
}

/** "status body" of one request for echo.localhost. */
function get({ gatewayUrl }: PlatformState): Promise<string> {
  return new Promise((resolve, reject) => {
    const sent = request(gatewayUrl, { headers: { host: "echo.localhost" } }, (answer) => {
      answer.toArray().then((chunks) => resolve(`${answer.statusCode} ${chunks.join("")}`), reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** The different answers of fifty requests. */
async function answers(platform: PlatformState): Promise<ReadonlySet<string>> {
  return new Set(await Promise.all(Array.from({ length: 50 }, () => get(platform))));
}
