// The dynamic resources in Pulumi's own host of them, beside an engine that is a mere listening socket.
import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { createRequire } from "node:module";
import { createServer } from "node:net";
import { createInterface } from "node:readline";
import { type TestContext, test } from "node:test";
import { promisify } from "node:util";
import { credentials } from "@grpc/grpc-js";
import { ResourceProviderClient } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import { checkout } from "../../../cli/paths.ts";
import { Gate } from "../../../components/service/gate.ts";
import { RolloutPlan } from "../../../components/service/plan.ts";
import { gateInputs } from "../../support/gateInputs.ts";
import { writtenProvider } from "./written.ts";

const HOST = createRequire(import.meta.url).resolve("@pulumi/pulumi/cmd/dynamic-provider/index.js");

for (const kind of [Gate, RolloutPlan]) {
  test(`a provider process that has seen a ${kind.name} and conducts nothing ends when its engine is killed`, async (t) => {
    const engine = createServer().listen(0, "127.0.0.1");
    t.after(() => engine.close());
    await once(engine, "listening");
    const address = engine.address();
    assert.ok(typeof address === "object" && address !== null);
    const host = spawn(process.execPath, [HOST, `127.0.0.1:${address.port}`], { cwd: checkout, stdio: ["ignore", "pipe", "inherit"] });
    t.after(() => host.kill("SIGKILL"));
    const [port] = await once(createInterface(host.stdout), "line");

    await check(t, `127.0.0.1:${port}`, { ...gateInputs, __provider: await writtenProvider(kind) });
    assert.equal(host.exitCode, null);
    engine.close();
    assert.deepEqual(await once(host, "exit"), [1, null]);
  });
}

/** Has inputs checked, as the engine does first with every resource. */
async function check(t: TestContext, address: string, inputs: Readonly<Record<string, struct.JavaScriptValue>>): Promise<void> {
  const client = new ResourceProviderClient(address, credentials.createInsecure());
  t.after(() => client.close());
  const request = new provider.CheckRequest();
  request.setOlds(new struct.Struct());
  request.setNews(struct.Struct.fromJavaScript({ ...inputs }));
  await promisify((done: (error: Error | null) => void) => client.check(request, done))();
}
