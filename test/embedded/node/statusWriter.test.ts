import assert from "node:assert/strict";
import { test } from "node:test";
import { ApiError } from "../../../embedded/kube/index.ts";
import { statusWriter } from "../../../embedded/node/statusWriter.ts";
import type { Pod } from "../../../embedded/node/types.ts";

const pod = (uid: string): Pod => ({ metadata: { name: uid, namespace: "default", uid } });

/** A server that answers in turn with the given errors, then well, and a list of the phases it was sent. */
function server(...answers: readonly (Error | undefined)[]) {
  const left = [...answers];
  const sent: string[] = [];
  const errors: unknown[] = [];
  const writer = statusWriter(
    async (_, { phase = "" }) => {
      sent.push(phase);
      const error = left.shift();
      if (error !== undefined) throw error;
    },
    (error) => errors.push(error),
  );
  return { writer, sent, errors };
}

test("the same status is written once, and of several while one is being written only the newest", async () => {
  const { writer, sent } = server();
  const one = pod("one");
  for (const phase of ["a", "b", "c", "c"]) writer.put(one, { phase });
  await writer.settled(one);
  writer.put(one, { phase: "c" });
  await writer.settled(one);
  assert.deepEqual(sent, ["a", "c"]);
});

test("a status that could not be written is written later", async () => {
  const { writer, sent, errors } = server(new Error("connection refused"));
  writer.put(pod("one"), { phase: "a" });
  await writer.settled(pod("one"));
  assert.deepEqual(sent, ["a", "a"]);
  assert.equal(errors.length, 1);
});

test("a status that the server refuses is told of and not sent again", async () => {
  const { writer, sent, errors } = server(new ApiError("PATCH", 422, "invalid"));
  writer.put(pod("one"), { phase: "a" });
  await writer.settled(pod("one"));
  assert.deepEqual(sent, ["a"]);
  assert.equal(errors.length, 1);
});

test("a pod that is gone is forgotten without a word", async () => {
  const { writer, sent, errors } = server(new ApiError("PATCH", 404, "not found"));
  writer.put(pod("one"), { phase: "a" });
  await writer.settled(pod("one"));
  assert.deepEqual([sent, errors], [["a"], []]);
});

test("many pods are written, sixteen at a time", async () => {
  let now = 0;
  let most = 0;
  const writer = statusWriter(
    async () => {
      most = Math.max(most, ++now);
      await new Promise(setImmediate);
      now--;
    },
    (error) => assert.fail(String(error)),
  );
  const all = Array.from({ length: 100 }, (_, index) => pod(`pod-${index}`));
  for (const one of all) writer.put(one, { phase: "a" });
  await Promise.all(all.map((one) => writer.settled(one)));
  assert.equal(most, 16);
});
