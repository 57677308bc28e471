// What a preview says about a rollout.
import assert from "node:assert/strict";
import test from "node:test";
import { outlook } from "../../../gate/index.ts";
import { world } from "./world.ts";

test("a preview shows the plan, how long a healthy version takes, and how soon worse ones are caught", async () => {
  const w = world();
  await w.sleep(90);
  const [plan, healthy, availability, latency, ...more] = await outlook(w.inputs, w.conductor().edges);
  assert.equal(
    plan,
    "echo 1.1.0  plan: 10%, 25%, 50%, each for at least 5 s; availability limit 2%, latency limit 10%; at most 1% of healthy versions rolled back",
  );
  assert.match(
    healthy ?? "",
    /^echo 1\.1\.0 {2}at 200 requests\/s, as in the last 60 s, a healthy version is promoted in \d+% after about \d\d s$/,
  );
  assert.match(
    availability ?? "",
    /^echo 1\.1\.0 {2}availability, stable at 0\.\d+%: rolled back 2x as bad \(0\.\d+%\) .*, 5x as bad \(\S+%\) .*, 10x as bad \(\S+%\) in \d+% after about \d+ s$/,
  );
  assert.match(latency ?? "", /^echo 1\.1\.0 {2}latency, stable at /);
  assert.deepEqual(more, []);
});

test("a blue-green preview says how much is copied, and predicts from the requests that may be", async () => {
  const w = world({ strategy: "blueGreen" });
  await w.sleep(90);
  const [plan = "", healthy = ""] = await outlook(w.inputs, w.conductor().edges);
  assert.match(plan, /^echo 1\.1\.0 {2}plan: copies of 100%, for at least 5 s; availability limit 2%/);
  assert.match(healthy, /at 200 requests\/s, .* a healthy version is promoted in \d+% after about \d s$/);
});

test("a service without requests is told that there will be no verdict", async () => {
  const w = world({ requestsPerSecond: 0 });
  await w.sleep(90);
  assert.match((await outlook(w.inputs, w.conductor().edges))[1] ?? "", /no requests now/);
});

test("a service with too few requests is told how many there were and how many it takes", async () => {
  const w = world({ requestsPerSecond: 0.2 });
  await w.sleep(400);
  assert.match(
    (await outlook(w.inputs, w.conductor().edges))[1] ?? "",
    /too little traffic to say what to expect: \d\d requests in the last 300 s, at least 100 are needed$/,
  );
});

test("a preview does not fail because something is not known, not right or not there", async () => {
  const w = world();
  assert.deepEqual(await outlook({ ...w.inputs, kubeconfig: "04da6b54-80e4-46f7-96ec-b56ff0331ba9" }, w.conductor().edges), []);
  assert.deepEqual(await outlook({ ...w.inputs, alpha: 2 }, w.conductor().edges), []);
  w.stopAnswering();
  assert.match((await outlook(w.inputs, w.conductor().edges))[1] ?? "", /no prediction: Prometheus does not answer/);
});
