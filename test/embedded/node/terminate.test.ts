import assert from "node:assert/strict";
import { test } from "node:test";
import type { ContainerProcess, Exit } from "../../../embedded/node/process.ts";
import { terminate } from "../../../embedded/node/terminate.ts";
import { serve } from "../../support/server.ts";

/** A process that ends by one of the signals only, and a list of what happened. */
function fakeProcess(endsBy: "SIGTERM" | "SIGKILL"): { process: ContainerProcess; seen: string[] } {
  const exited = Promise.withResolvers<Exit>();
  const seen: string[] = [];
  const signal = (name: "SIGTERM" | "SIGKILL") => {
    seen.push(name);
    if (name === endsBy) exited.resolve({ exitCode: 143 });
  };
  return { process: { pid: 1, exited: exited.promise, signal }, seen };
}

test("a process that ends by SIGTERM is not killed", async () => {
  const { process, seen } = fakeProcess("SIGTERM");
  await terminate({ container: { name: "app" }, process, podIP: "127.0.0.1", graceMs: 5000 });
  assert.deepEqual(seen, ["SIGTERM"]);
});

test("a process that does not is killed when the grace is over", async () => {
  const { process, seen } = fakeProcess("SIGKILL");
  await terminate({ container: { name: "app" }, process, podIP: "127.0.0.1", graceMs: 20 });
  assert.deepEqual(seen, ["SIGTERM", "SIGKILL"]);
});

test("the preStop hook comes before SIGTERM", async (t) => {
  const { process, seen } = fakeProcess("SIGTERM");
  const { port } = await serve(t, (request, response) => {
    seen.push(request.url ?? "");
    response.end();
  });
  const container = { name: "app", lifecycle: { preStop: { httpGet: { path: "/drain", port } } } };
  await terminate({ container, process, podIP: "127.0.0.1", graceMs: 5000 });
  assert.deepEqual(seen, ["/drain", "SIGTERM"]);
});

test("a preStop hook that takes longer than the grace keeps nothing alive", async () => {
  const { process, seen } = fakeProcess("SIGKILL");
  const container = { name: "app", lifecycle: { preStop: { sleep: { seconds: 60 } } } };
  await terminate({ container, process, podIP: "127.0.0.1", graceMs: 20 });
  assert.ok(seen.includes("SIGKILL"));
});

test("without draining the preStop hook is left out", async () => {
  const { process, seen } = fakeProcess("SIGTERM");
  const container = { name: "app", lifecycle: { preStop: { sleep: { seconds: 60 } } } };
  await terminate({ container, process, podIP: "127.0.0.1", graceMs: 5000, drain: false });
  assert.deepEqual(seen, ["SIGTERM"]);
});
