import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ApiError, type KubernetesObject } from "../../../embedded/kube/index.ts";
import { type EventWriter, problemReporter, SETTLE_MS } from "../../../embedded/mesh/events.ts";
import type { Problem } from "../../../embedded/mesh/problems.ts";

const object = { apiVersion: "networking.istio.io/v1", kind: "VirtualService", namespace: "shop", name: "cart", uid: "1" };
const problem = (message: string): Problem => ({ object, message });

/** A reporter on a clock of the test's own, with what it wrote: "create <reason>: <message>" or "patch <name>". */
function reporterOn(t: TestContext, isThere = false) {
  t.mock.timers.enable({ apis: ["setTimeout", "Date"] });
  const written: (KubernetesObject & { message?: string })[] = [];
  const patched: string[] = [];
  const client: EventWriter = {
    async create(_, event) {
      if (isThere) throw new ApiError("POST events", 409, "is there");
      written.push(event);
      return event;
    },
    async patch(resource, name) {
      patched.push(name);
      const event: unknown = { metadata: { name } };
      assert.ok(resource.is(event));
      return event;
    },
  };
  const logged: string[] = [];
  const reporter = problemReporter(client, (_, message) => logged.push(message));
  return { reporter, written, patched, logged, wait: (ms: number) => t.mock.timers.tick(ms) };
}

test("a problem that lasts is an event on its object, once", async (t) => {
  const { reporter, written, logged, wait } = reporterOn(t);
  for (let update = 0; update < 3; update++) {
    reporter.update([problem("spec.http[0].fault: no")]);
    wait(SETTLE_MS);
  }
  assert.deepEqual(logged, ["spec.http[0].fault: no"]);
  assert.equal(written.length, 1);
  const [event] = written;
  assert.equal(event?.metadata?.namespace, "shop");
  assert.equal(event?.message, "spec.http[0].fault: no");
});

test("a problem that mends itself in time is told to nobody", (t) => {
  const { reporter, written, logged, wait } = reporterOn(t);
  reporter.update([problem("there is no Service")]);
  wait(SETTLE_MS - 1);
  reporter.update([]);
  wait(SETTLE_MS);
  assert.deepEqual([written, logged], [[], []]);
});

test("a problem that comes back is told again", (t) => {
  const { reporter, logged, wait } = reporterOn(t);
  for (const problems of [[problem("a")], [], [problem("a")]]) {
    reporter.update(problems);
    wait(SETTLE_MS);
  }
  assert.deepEqual(logged, ["a", "a"]);
});

test("the event of an earlier run gets a new time instead of a twin", async (t) => {
  const { reporter, patched, wait } = reporterOn(t, true);
  reporter.update([problem("a")]);
  wait(SETTLE_MS);
  await new Promise(setImmediate);
  assert.equal(patched.length, 1);
  assert.match(patched[0] ?? "", /^cart\.[0-9a-f]{16}$/);
});
