// Protocol messages to and from plain values: the one place that knows protobuf's getters and setters.
import { Metadata, status } from "@grpc/grpc-js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import rpcStatus from "@pulumi/pulumi/proto/status_pb.js";
import any from "google-protobuf/google/protobuf/any_pb.js";
import struct from "google-protobuf/google/protobuf/struct_pb.js";
import type { Diff } from "./diff.ts";
import type { InitFailed } from "./initFailed.ts";
import { isObject, type JsonObject } from "./json.ts";
import type { Autonaming } from "./naming.ts";
import type { Failure, SettingsDiff } from "./settings.ts";

type Struct = ReturnType<proto.CheckRequest["getNews"]>;

/** The properties of a message; {} where it carries none. */
export function fromStruct(properties: Struct): JsonObject {
  const value: unknown = properties?.toJavaScript();
  return isObject(value) ? value : {};
}

export function toStruct(properties: JsonObject): NonNullable<Struct> {
  return struct.Struct.fromJavaScript({ ...properties });
}

export function autonamingOf(request: proto.CheckRequest): Autonaming | undefined {
  const options = request.getAutonaming();
  if (options === undefined) return undefined;
  const { DISABLE, ENFORCE } = provider.CheckRequest.AutonamingOptions.Mode;
  const mode = options.getMode() === DISABLE ? "disable" : options.getMode() === ENFORCE ? "enforce" : "propose";
  return { mode, proposedName: options.getProposedName() };
}

export function checkResponse(inputs: JsonObject, failures: readonly Failure[] = []): proto.CheckResponse {
  const response = new provider.CheckResponse();
  response.setInputs(toStruct(inputs));
  response.setFailuresList(
    failures.map(({ property, reason }) => {
      const failure = new provider.CheckFailure();
      failure.setProperty(property);
      failure.setReason(reason);
      return failure;
    }),
  );
  return response;
}

export function diffResponse({ changes, deleteBeforeReplace }: Diff): proto.DiffResponse {
  const response = someOrNone(changes.length > 0);
  const kinds = provider.PropertyDiff.Kind;
  for (const { path, kind, replaces } of changes) {
    const property = new provider.PropertyDiff();
    const word = { add: "ADD", delete: "DELETE", update: "UPDATE" } as const;
    property.setKind(replaces ? kinds[`${word[kind]}_REPLACE`] : kinds[word[kind]]);
    // The comparison was of inputs with inputs, so the engine takes the old value from the inputs as well.
    property.setInputdiff(true);
    response.getDetaileddiffMap().set(path, property);
  }
  response.setHasdetaileddiff(true);
  response.setReplacesList(changes.filter((change) => change.replaces).map((change) => change.path));
  response.setDeletebeforereplace(deleteBeforeReplace);
  return response;
}

export function settingsDiffResponse({ changed, replaces }: SettingsDiff): proto.DiffResponse {
  const response = someOrNone(changed.length > 0);
  response.setDiffsList([...changed]);
  response.setReplacesList([...replaces]);
  return response;
}

function someOrNone(some: boolean): proto.DiffResponse {
  const response = new provider.DiffResponse();
  const { DIFF_SOME, DIFF_NONE } = provider.DiffResponse.DiffChanges;
  response.setChanges(some ? DIFF_SOME : DIFF_NONE);
  return response;
}

/** An error as gRPC carries it: `metadata` holds the details under a name that is gRPC's own convention. */
export function initFailedError(error: InitFailed) {
  const detail = new provider.ErrorResourceInitFailed();
  detail.setId(error.id);
  detail.setProperties(toStruct(error.properties));
  detail.setReasonsList([...error.reasons]);
  const packed = new any.Any();
  packed.pack(detail.serializeBinary(), "pulumirpc.ErrorResourceInitFailed");
  const answer = new rpcStatus.Status();
  answer.setCode(status.UNKNOWN);
  answer.setMessage(error.message);
  answer.addDetails(packed);
  const metadata = new Metadata();
  metadata.add("grpc-status-details-bin", Buffer.from(answer.serializeBinary()));
  return { code: status.UNKNOWN, details: error.message, metadata };
}
