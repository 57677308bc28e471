// Lines for the operator, shown by the engine at the resource they are about.
import { credentials } from "@grpc/grpc-js";
import { EngineClient } from "@pulumi/pulumi/proto/engine_grpc_pb.js";
import engine from "@pulumi/pulumi/proto/engine_pb.js";

export interface EngineLog {
  /** Shows a line for as long as the resource is worked on; "" takes it away. */
  status(urn: string, text: string): void;
  /** A warning about no resource in particular; the same text is shown once. */
  warnOnce(text: string): void;
}

/** @param address host:port of the engine's own gRPC server; "" when there is none, and then nothing is shown */
export function engineLog(address: string): EngineLog {
  if (address === "") return { status: () => undefined, warnOnce: () => undefined };
  const client = new EngineClient(address, credentials.createInsecure());
  const warned = new Set<string>();

  function send(severity: number, urn: string, text: string, ephemeral: boolean): void {
    const request = new engine.LogRequest();
    request.setSeverity(severity);
    request.setUrn(urn);
    request.setMessage(text);
    request.setEphemeral(ephemeral);
    // A line that cannot be shown is no reason to fail the operation it speaks of.
    client.log(request, () => undefined);
  }

  return {
    status: (urn, text) => send(engine.LogSeverity.INFO, urn, text, true),
    warnOnce(text) {
      if (warned.has(text)) return;
      warned.add(text);
      send(engine.LogSeverity.WARNING, "", text, false);
    },
  };
}
