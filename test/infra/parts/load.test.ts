import assert from "node:assert/strict";
import { test } from "node:test";
import { load } from "../../../infra/stack/parts/load.ts";
import { told } from "./told.ts";

test("nothing is sent to a service that is not named", () => {
  assert.deepEqual(load.parse({}), { smoke: [], runs: [] });
});

test("a run that is asked for is the first one, unless it says which", () => {
  const run = { service: "echo", profile: "load", rate: 50 };
  assert.deepEqual(load.parse({ runs: [run] }).runs, [{ ...run, run: 1 }]);
});

test("a run without a rate, of a profile that we do not have, is refused", () => {
  assert.deepEqual(told(load, { runs: [{ service: "echo", profile: "soak" }] }), [
    'runs[0].profile: "soak" is not a profile (load or stress); write for example load',
    "runs[0].rate: missing: give a whole number of at least 1, for example 1",
  ]);
});
