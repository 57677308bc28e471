// When a conductor has to stop.
import assert from "node:assert/strict";
import http2 from "node:http2";
import { createServer } from "node:net";
import test from "node:test";
import { waitFor } from "../../../embedded/kube/index.ts";
import { engineAddress, listenForStops, watchEngine } from "../../../gate/conductor/engine.ts";

test("only a dynamic provider process has an engine: its address is the provider's argument", () => {
  const script = "/project/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js";
  assert.deepEqual(engineAddress(["node", script, "127.0.0.1:4321"]), { host: "127.0.0.1", port: 4321 });
  assert.equal(engineAddress(["node", script]), undefined);
  assert.equal(engineAddress(["node", "--test", "127.0.0.1:4321"]), undefined);
});

test("an engine that no longer listens is gone", async () => {
  const engine = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => engine.once("listening", resolve));
  const address = engine.address();
  assert.ok(typeof address === "object" && address !== null);
  const gone = watchEngine({ host: "127.0.0.1", port: address.port }, () => false);
  assert.equal(await gone(), undefined);
  await new Promise((resolve) => engine.close(resolve));
  assert.match(await waitFor("the engine to be missed", gone), /the pulumi that asked for this rollout is gone/);
});

test("an engine that nobody listens to any more is gone: its end of the pipe is closed", async () => {
  const engine = createServer().listen(0, "127.0.0.1");
  await new Promise((resolve) => engine.once("listening", resolve));
  const address = engine.address();
  assert.ok(typeof address === "object" && address !== null);
  assert.match((await watchEngine({ host: "127.0.0.1", port: address.port }, () => true)()) ?? "", /gone/);
  engine.close();
});

test("a signal stops the conductor, and nothing is left behind", () => {
  const before = process.listenerCount("SIGINT");
  const stops = listenForStops([]);
  process.emit("SIGINT", "SIGINT");
  assert.equal(stops.signal.reason, "stopped by SIGINT");
  stops.dispose();
  assert.equal(process.listenerCount("SIGINT"), before);
});

test("gates that are conducted at once in one process listen together", () => {
  const before = process.listenerCount("SIGINT");
  const [first, second] = [listenForStops([]), listenForStops([])];
  assert.equal(process.listenerCount("SIGINT"), before + 1);
  first.dispose();
  process.emit("SIGINT", "SIGINT");
  assert.equal(second.signal.aborted, true);
  second.dispose();
  assert.equal(process.listenerCount("SIGINT"), before);
});

test("the engine's Cancel, which Pulumi's provider host answers and ignores, stops the conductor", async () => {
  const provider = http2.createServer((_request, response) => response.end());
  await new Promise<void>((resolve) => provider.listen(0, "127.0.0.1", resolve));
  const address = provider.address();
  assert.ok(typeof address === "object" && address !== null);
  const stops = listenForStops([]);
  const engine = http2.connect(`http://127.0.0.1:${address.port}`);
  const call = (path: string) =>
    new Promise<void>((resolve) => {
      const stream = engine.request({ ":method": "POST", ":path": path });
      stream.resume().on("close", resolve).end();
    });
  await call("/pulumirpc.ResourceProvider/Diff");
  assert.equal(stops.signal.aborted, false);
  await call("/pulumirpc.ResourceProvider/Cancel");
  assert.match(String(stops.signal.reason), /pulumi was interrupted/);
  stops.dispose();
  engine.close();
  provider.close();
});
