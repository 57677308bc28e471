import assert from "node:assert/strict";
import { type TestContext, test } from "node:test";
import { ApiError, type KubernetesObject } from "../../../embedded/kube/index.ts";
import { type EventWriter, type Problem, problemReporter } from "../../../embedded/standIn/index.ts";

const SETTLE_MS = 2000;

const object = { apiVersion: "networking.istio.io/v1", kind: "VirtualService", namespace: "shop", name: "cart", uid: "1" };
const problem = (message: string): Problem => ({ object, reason: "NotServedAsWritten", message });

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
  const update = problemReporter(client, (_, message) => logged.push(message), { component: "sluice-mesh", settleMs: SETTLE_MS });
  return { update, written, patched, logged, wait: (ms: number) => t.mock.timers.tick(ms) };
}

test("a problem that lasts is an event on its object, once", async (t) => {
  const { update, written, logged, wait } = reporterOn(t);
  for (let pass = 0; pass < 3; pass++) {
    update([problem("spec.http[0].fault: no")]);
    wait(SETTLE_MS);
  }
  assert.deepEqual(logged, ["spec.http[0].fault: no"]);
  assert.equal(written.length, 1);
  const [event] = written;
  assert.equal(event?.metadata?.namespace, "shop");
  assert.equal(event?.message, "spec.http[0].fault: no");
});

test("a problem that mends itself in time is told to nobody", (t) => {
  const { update, written, logged, wait } = reporterOn(t);
  update([problem("there is no Service")]);
  wait(SETTLE_MS - 1);
  update([]);
  wait(SETTLE_MS);
  assert.deepEqual([written, logged], [[], []]);
});

test("a problem that comes back is told again", (t) => {
  const { update, logged, wait } = reporterOn(t);
  for (const problems of [[problem("a")], [], [problem("a")]]) {
    update(problems);
    wait(SETTLE_MS);
  }
  assert.deepEqual(logged, ["a", "a"]);
});

test("the event of an earlier run gets a new time instead of a twin", async (t) => {
  const { update, patched, wait } = reporterOn(t, true);
  update([problem("a")]);
  wait(SETTLE_MS);
  await new Promise(setImmediate);
  assert.equal(patched.length, 1);
  assert.match(patched[0] ?? "", /^cart\.[0-9a-f]{16}$/);
});
