import assert from "node:assert/strict";
import { test } from "node:test";
import { eventOf } from "../../../embedded/standIn/index.ts";

test("the same problem of an object is one event, another is another", () => {
  const object = { apiVersion: "monitoring.coreos.com/v1", kind: "PrometheusRule", namespace: "shop", name: "slo", uid: "1" };
  const named = (message: string, time: number) =>
    eventOf({ object, type: "Warning", reason: "Refused", message }, { component: "sluice-metrics" }, time);
  assert.equal(named("a", 0).metadata.name, named("a", 60_000).metadata.name);
  assert.notEqual(named("a", 0).metadata.name, named("b", 0).metadata.name);
  assert.equal(named("a", 0).lastTimestamp, "1970-01-01T00:00:00Z");
  assert.equal(named("x".repeat(2000), 0).message?.length, 1024);
});
