// The plugin's process: serves the provider on a free loopback port, says which on stdout, and ends with the engine.
import { parseArgs } from "node:util";
import { Server, ServerCredentials } from "@grpc/grpc-js";
import kubernetes from "@pulumi/kubernetes/package.json" with { type: "json" };
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { providerService } from "./service.ts";

/** The engine's own limit: the state of a large object must pass. */
const MESSAGE_BYTES = 400 * 1024 * 1024;

/** How often to look whether the engine still runs. A killed engine ends no plugin, and an orphan would go on for ever. */
const PARENT_CHECK_MS = 1000;

// --engine-pid comes from the launcher, the rest from the engine: its flags, and its address last.
const { values, positionals } = parseArgs({ options: { "engine-pid": { type: "string" } }, allowPositionals: true, strict: false });
const engineAddress = positionals.at(-1) ?? "";

const server = new Server({ "grpc.max_receive_message_length": MESSAGE_BYTES, "grpc.max_send_message_length": MESSAGE_BYTES });
server.addService(ResourceProviderService, providerService(kubernetes.version, engineAddress));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    process.stderr.write(`cannot serve the Kubernetes provider: ${error.message}\n`);
    process.exit(1);
  }
  process.stdout.write(`${port}\n`);
});

const enginePid = Number(values["engine-pid"]);
setInterval(() => process.ppid !== enginePid && process.exit(1), PARENT_CHECK_MS).unref();
