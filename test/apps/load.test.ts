import assert from "node:assert/strict";
import { registerHooks } from "node:module";
import { test } from "node:test";
import { load, smoke, stress } from "../../apps/load/profiles.ts";
import { readSettings } from "../../apps/load/settings.ts";

const env = { URL: "http://gateway/", HOST: "echo.example", RATE: "50", FAILED: "0.02", SLOWER: "300:0.1,1000:0.01" };
const settings = readSettings(env);

/** Stands in for k6: remembers what it was asked to get. */
const K6 = `export default { get: (...args) => { (globalThis.asked ??= []).push(args); } };`;
registerHooks({
  resolve: (specifier, context, next) =>
    specifier === "k6/http" ? { url: `data:text/javascript,${encodeURIComponent(K6)}`, shortCircuit: true } : next(specifier, context),
});

test("settings are read as they are written", () => {
  assert.deepEqual(settings, {
    url: "http://gateway/",
    host: "echo.example",
    rate: 50,
    failed: 0.02,
    slower: [
      [300, 0.1],
      [1000, 0.01],
    ],
  });
});

test("all that is wrong with the environment is told at once, by its names", () => {
  assert.throws(
    () => readSettings({ URL: "echo", RATE: "0", FAILED: "2", SLOWER: "300" }),
    (error) => {
      assert.ok(error instanceof Error);
      assert.deepEqual(
        error.message.split("\n").map((line) => line.split(":")[0]),
        ["URL", "RATE", "FAILED", "SLOWER"],
      );
      return true;
    },
  );
});

for (const [name, options] of Object.entries({ smoke: smoke(settings), load: load(settings) })) {
  test(`${name} is passed only within the bounds, and with every request sent`, () => {
    assert.deepEqual(options.thresholds, {
      http_req_failed: ["rate<=0.02"],
      http_req_duration: ["p(90)<=300", "p(99)<=1000"],
      dropped_iterations: ["count<=0"],
    });
  });
}

test("without an objective of latency no duration is too long", () => {
  assert.deepEqual(Object.keys(smoke(readSettings({ URL: "http://echo/" })).thresholds ?? {}), ["http_req_failed", "dropped_iterations"]);
});

test("load comes to the rate and stays there for five minutes", () => {
  const { requests } = load(settings).scenarios ?? {};
  assert.ok(requests?.executor === "ramping-arrival-rate");
  assert.deepEqual(
    requests.stages.map(({ target, duration }) => [target, duration]),
    [
      [50, "1m"],
      [50, "5m"],
      [0, "30s"],
    ],
  );
});

test("stress goes on to four times the rate, and ends at the first bound that is crossed", () => {
  const { scenarios, thresholds = {} } = stress(settings);
  const { requests } = scenarios ?? {};
  assert.ok(requests?.executor === "ramping-arrival-rate");
  assert.deepEqual(
    requests.stages.map(({ target }) => target),
    [50, 50, 100, 100, 200, 200],
  );
  assert.equal(requests.maxVUs, 2000);
  for (const bound of Object.values(thresholds).flat()) assert.ok(typeof bound === "object" && bound.abortOnFail);
});

for (const name of ["smoke", "load", "stress"]) {
  test(`the script ${name} asks for the address, by the service's name`, async () => {
    Object.assign(globalThis, { __ENV: env, asked: [] });
    const script = await import(`../../apps/load/${name}.ts`);
    assert.ok(script.options.scenarios.requests);
    script.default();
    assert.deepEqual(Reflect.get(globalThis, "asked"), [
      ["http://gateway/", { tags: { name: "target" }, headers: { Host: "echo.example" } }],
    ]);
  });
}
