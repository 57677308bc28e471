import assert from "node:assert/strict";
import { test } from "node:test";
import { readOrder } from "../../apps/orders-worker/order.ts";
import { type OrderStore, work } from "../../apps/orders-worker/work.ts";

const order = { id: "o-1", item: "tea", quantity: 2 };

function memory(): OrderStore & { readonly kept: string[] } {
  const kept: string[] = [];
  return {
    kept,
    async keep({ id }) {
      if (kept.includes(id)) return "known";
      kept.push(id);
      return "kept";
    },
  };
}

function batch(...bodies: readonly string[]) {
  return { Records: bodies.map((body, index) => ({ messageId: `m-${index}`, body })) };
}

const silent = () => {};

test("an order that is delivered twice is kept once, and neither delivery fails", async () => {
  const store = memory();
  const outcome = await work(batch(JSON.stringify(order), JSON.stringify(order)), store, silent);
  assert.deepEqual(outcome, { batchItemFailures: [] });
  assert.deepEqual(store.kept, ["o-1"]);
});

test("one message that cannot be read is delivered again, and the others of its batch are not", async () => {
  const store = memory();
  const outcome = await work(batch("{", JSON.stringify(order)), store, silent);
  assert.deepEqual(outcome, { batchItemFailures: [{ itemIdentifier: "m-0" }] });
  assert.deepEqual(store.kept, ["o-1"]);
});

test("a table that does not answer fails the message, and the log says why", async () => {
  const events: unknown[] = [];
  const keep = () => Promise.reject(new Error("throttled"));
  const outcome = await work(batch(JSON.stringify(order)), { keep }, (...event) => events.push(event));
  assert.deepEqual(outcome, { batchItemFailures: [{ itemIdentifier: "m-0" }] });
  assert.deepEqual(events, [["error", "not kept", { messageId: "m-0", problem: "Error: throttled" }]]);
});

test("an order is read as it was written, without fields nobody asked for", () => {
  assert.deepEqual(readOrder(JSON.stringify({ ...order, colour: "green" })), order);
});

const unreadable: readonly (readonly [string, string])[] = [
  ["", "is no JSON object"],
  ["null", "is no JSON object"],
  ['{"item":"tea","quantity":1}', "has no id"],
  ['{"id":"","item":"tea","quantity":1}', "has no id"],
  ['{"id":"o-1","quantity":1}', "has no item"],
  ['{"id":"o-1","item":"tea"}', "has no quantity of at least 1"],
  ['{"id":"o-1","item":"tea","quantity":0}', "has no quantity of at least 1"],
  ['{"id":"o-1","item":"tea","quantity":1.5}', "has no quantity of at least 1"],
];
for (const [message, problem] of unreadable) {
  test(`the message ${message || "(empty)"} ${problem}`, () => assert.equal(readOrder(message), problem));
}
