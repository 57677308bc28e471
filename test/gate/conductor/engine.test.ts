// When a conductor has to stop.
import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import http2 from "node:http2";
import { createServer, type Server } from "node:net";
import test, { type TestContext } from "node:test";
import { fileURLToPath } from "node:url";
import { engineAddress, leaveWhen, listenForStops, watchEngine } from "../../../gate/conductor/engine.ts";
import { eventually } from "../../support/eventually.ts";

const PROVIDER = fileURLToPath(new URL("fixtures/dynamic-provider.ts", import.meta.url));

test("only a dynamic provider process has an engine: its address is the provider's argument", () => {
  const script = "/project/node_modules/@pulumi/pulumi/cmd/dynamic-provider/index.js";
  assert.deepEqual(engineAddress(["node", script, "127.0.0.1:4321"]), { host: "127.0.0.1", port: 4321 });
  assert.equal(engineAddress(["node", script]), undefined);
  assert.equal(engineAddress(["node", "--test", "127.0.0.1:4321"]), undefined);
});

test("an engine that no longer listens is gone", async (t) => {
  const { server, port } = await startEngine(t);
  const gone = watchEngine({ host: "127.0.0.1", port }, () => false);
  assert.equal(await gone(), undefined);
  server.close();
  assert.match(await eventually("the engine is missed", gone), /the pulumi that asked for this rollout is gone/);
});

test("an engine that nobody listens to any more is gone: its end of the pipe is closed", async (t) => {
  const { port } = await startEngine(t);
  assert.match((await watchEngine({ host: "127.0.0.1", port }, () => true)()) ?? "", /gone/);
});

test("a provider process that conducts nothing ends when its engine does", async (t) => {
  const { server, port } = await startEngine(t);
  const provider = startProvider(t, `127.0.0.1:${port}`, "serve");
  const [serving] = await once(provider.stdout ?? assert.fail("no output"), "data");
  assert.equal(String(serving), "serving\n");
  await once(server, "connection");
  assert.equal(provider.exitCode, null);
  server.close();
  assert.deepEqual(await once(provider, "exit"), [1, null]);
});

test("waiting for its engine to end keeps no process alive", async (t) => {
  const { port } = await startEngine(t);
  assert.deepEqual(await once(startProvider(t, `127.0.0.1:${port}`), "exit"), [0, null]);
});

test("a conductor whose engine is gone comes to its own end before its process does", async (t) => {
  const conductor = listenForStops([]);
  let [asked, left] = [0, 0];
  const gone = async () => {
    asked++;
    return "gone";
  };
  const timer = leaveWhen(gone, () => left++, 1);
  t.after(() => clearInterval(timer));
  await eventually("the engine was looked for", async () => asked > 3 || undefined);
  const leftTooEarly = left;
  conductor.dispose();
  assert.equal(leftTooEarly, 0);
  await eventually("the process leaves", async () => left > 0 || undefined);
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

/** Listens where an engine would. */
async function startEngine(t: TestContext): Promise<{ readonly server: Server; readonly port: number }> {
  const server = createServer().listen(0, "127.0.0.1");
  t.after(() => server.close());
  await once(server, "listening");
  const address = server.address();
  assert.ok(typeof address === "object" && address !== null);
  return { server, port: address.port };
}

function startProvider(t: TestContext, ...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [PROVIDER, ...args], { stdio: ["ignore", "pipe", "inherit"] });
  t.after(() => child.kill("SIGKILL"));
  return child;
}
