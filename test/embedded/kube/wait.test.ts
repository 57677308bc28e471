import assert from "node:assert/strict";
import { test } from "node:test";
import { PlatformError } from "../../../embedded/errors.ts";
import { waitFor } from "../../../embedded/kube/index.ts";

test("a probe is asked until it gives a value, errors on the way do not matter", async () => {
  const answers = [undefined, new Error("not yet"), "there"];
  const probe = async () => {
    const answer = answers.shift();
    if (answer instanceof Error) throw answer;
    return answer;
  };
  assert.equal(await waitFor("the value", probe, { everyMs: 1 }), "there");
});

test("a time-out says what was awaited, how long, and the last error", async () => {
  const failing = waitFor("the API server", () => Promise.reject(new Error("connection refused")), { seconds: 0.01, everyMs: 1 });
  await assert.rejects(failing, (error) => {
    assert.ok(error instanceof PlatformError);
    assert.equal(error.message, "the API server: not within 0.01 s: connection refused");
    return true;
  });
});
