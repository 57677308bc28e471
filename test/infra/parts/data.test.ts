import assert from "node:assert/strict";
import { test } from "node:test";
import { data } from "../../../infra/stack/parts/data.ts";
import { told } from "./told.ts";

test("an event flow has defaults for all of it", () => {
  assert.deepEqual(data.parse({}), { timeout: 10, deliveries: 5, parallel: 5, slow: 300 });
});

test("what AWS would not take is refused, all at once", () => {
  assert.deepEqual(told(data, { timeout: "16m", deliveries: 0, parallel: 1, slow: "500ms", topic: "x" }), [
    "deliveries: 0 is not a whole number from 1 to 1000; write for example 1",
    "parallel: 1 is not a whole number from 2 to 1000; write for example 2",
    'slow: "500ms" is not a duration of whole seconds, at most 1209600s; write for example 10s',
    'timeout: "16m" is not a duration of whole seconds, at most 900s; write for example 10s',
    "topic: unknown; known here: timeout, deliveries, parallel, slow",
  ]);
});
