// The plugin's process: serves the provider on a free loopback port, says which on stdout, and ends with the engine.
import { Server, ServerCredentials } from "@grpc/grpc-js";
import kubernetes from "@pulumi/kubernetes/package.json" with { type: "json" };
import { ResourceProviderService } from "@pulumi/pulumi/proto/provider_grpc_pb.js";
import { providerService } from "./service.ts";

/** The engine's own limit: the state of a large object must pass. */
const MESSAGE_BYTES = 400 * 1024 * 1024;

/** How often to look whether the engine still runs. A killed engine ends no plugin, and an orphan would go on for ever. */
const PARENT_CHECK_MS = 1000;

const [engineAddress = ""] = process.argv.slice(2).filter((argument) => !argument.startsWith("-"));
const server = new Server({ "grpc.max_receive_message_length": MESSAGE_BYTES, "grpc.max_send_message_length": MESSAGE_BYTES });
server.addService(ResourceProviderService, providerService(kubernetes.version, engineAddress));
server.bindAsync("127.0.0.1:0", ServerCredentials.createInsecure(), (error, port) => {
  if (error !== null) {
    process.stderr.write(`cannot serve the Kubernetes provider: ${error.message}\n`);
    process.exit(1);
  }
  process.stdout.write(`${port}\n`);
});

const parent = process.ppid;
setInterval(() => process.ppid !== parent && process.exit(1), PARENT_CHECK_MS).unref();
