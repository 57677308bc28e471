import assert from "node:assert/strict";
import { test } from "node:test";
import { chaos } from "../../../infra/stack/parts/chaos.ts";
import { told } from "./told.ts";

test("all faults are there for the services that are named", () => {
  assert.deepEqual(chaos.parse({ services: ["echo"] }), {
    services: ["echo"],
    faults: ["pod-delete", "pod-cpu-hog", "pod-network-latency"],
  });
});

test("a fault that we do not have is refused with those that we have", () => {
  assert.deepEqual(told(chaos, { services: ["echo"], faults: ["node-drain"] }), [
    'faults[0]: "node-drain" is not a fault (pod-delete, pod-cpu-hog, pod-network-latency); write for example pod-delete',
  ]);
});

test("chaos for nobody is refused", () => {
  assert.deepEqual(told(chaos, { services: [] }), ["services: empty: give at least one"]);
});
