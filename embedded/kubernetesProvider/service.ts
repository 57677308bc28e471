// The gRPC service that the engine calls: each method takes its message apart, calls the function that does the work, and
// puts the answer together.
import { type ServerUnaryCall, type sendUnaryData, status } from "@grpc/grpc-js";
import type { PluginAttach } from "@pulumi/pulumi/proto/plugin_pb.js";
import plugin from "@pulumi/pulumi/proto/plugin_pb.js";
import type * as proto from "@pulumi/pulumi/proto/provider_pb.js";
import provider from "@pulumi/pulumi/proto/provider_pb.js";
import empty from "google-protobuf/google/protobuf/empty_pb.js";
import { messageOf } from "../errors.ts";
import { check } from "./check.ts";
import { readCheckpoint } from "./checkpoint.ts";
import { type Cluster, connect, isNamespaced, randomSuffix } from "./cluster.ts";
import { create } from "./create.ts";
import { diffInputs } from "./diff.ts";
import { type EngineLog, engineLog } from "./engineLog.ts";
import { InitFailed } from "./initFailed.ts";
import * as messages from "./messages.ts";
import { kindOf } from "./objects.ts";
import { kubernetesKeys, plainObject } from "./propertyValues.ts";
import { read } from "./read.ts";
import { remove } from "./remove.ts";
import { checkSettings, diffSettings, settingsOf, withSecretKubeconfig } from "./settings.ts";
import { update } from "./update.ts";

/** A method of the service as gRPC calls it. */
type Method<Request, Response> = (call: ServerUnaryCall<Request, Response>, callback: sendUnaryData<Response>) => void;

function method<Request, Response>(handle: (request: Request) => Promise<Response> | Response): Method<Request, Response> {
  return async (call, callback) => {
    try {
      callback(null, await handle(call.request));
    } catch (error) {
      if (error instanceof InitFailed) callback(messages.initFailedError(error));
      else callback({ code: status.UNKNOWN, details: messageOf(error) });
    }
  };
}

/**
 * The methods of one provider process, which the engine starts for each provider resource.
 *
 * @param version the version of @pulumi/kubernetes, which the engine expects the plugin to have
 * @param engineAddress host:port of the engine; "" when it attaches later
 */
export function providerService(version: string, engineAddress: string) {
  const cancel = new AbortController();
  let log: EngineLog = engineLog(engineAddress);
  let connecting: (() => Cluster) | undefined;
  let connected: Cluster | undefined;

  function cluster(): Cluster {
    if (connecting === undefined) throw new Error("the Kubernetes provider is not configured yet");
    connected ??= connecting();
    return connected;
  }

  return {
    getPluginInfo: method(() => {
      const info = new plugin.PluginInfo();
      info.setVersion(version);
      return info;
    }),

    attach: method((request: PluginAttach) => {
      log = engineLog(request.getAddress());
      return new empty.Empty();
    }),

    getSchema: method(() => {
      const response = new provider.GetSchemaResponse();
      response.setSchema(JSON.stringify({ name: "kubernetes", version }));
      return response;
    }),

    checkConfig: method((request: proto.CheckRequest) => {
      const inputs = messages.fromStruct(request.getNews());
      return messages.checkResponse(withSecretKubeconfig(inputs), checkSettings(inputs));
    }),

    diffConfig: method((request: proto.DiffRequest) => {
      const [olds, news] = [messages.fromStruct(request.getOlds()), messages.fromStruct(request.getNews())];
      return messages.settingsDiffResponse(diffSettings(olds, news));
    }),

    configure: method((request: proto.ConfigureRequest) => {
      const variables = request.getVariablesMap();
      const settings = settingsOf((name) => variables.get(`kubernetes:config:${name}`) ?? "");
      // A kubeconfig that cannot be used fails the first resource, not a stack that has none of this provider.
      connecting = () => connect(settings, cancel.signal, log);
      const response = new provider.ConfigureResponse();
      response.setAcceptsecrets(true);
      response.setSupportspreview(true);
      response.setSupportsAutonamingConfiguration(true);
      return response;
    }),

    check: method(async (request: proto.CheckRequest) => {
      const inputs = await check(cluster(), {
        urn: request.getUrn(),
        olds: request.hasOlds() ? messages.fromStruct(request.getOlds()) : undefined,
        news: messages.fromStruct(request.getNews()),
        suffix: Buffer.from(request.getRandomseed_asU8()).toString("hex").slice(0, 8) || randomSuffix(),
        autonaming: messages.autonamingOf(request),
      });
      return messages.checkResponse(inputs);
    }),

    diff: method(async (request: proto.DiffRequest) => {
      const newInputs = kubernetesKeys(plainObject(messages.fromStruct(request.getNews())));
      const diff = diffInputs({
        oldInputs: readCheckpoint(messages.fromStruct(request.getOlds())).inputs,
        newInputs,
        namespaced: await isNamespaced(cluster(), kindOf(newInputs)),
        ignoreChanges: request.getIgnorechangesList(),
        mutable: cluster().settings.mutable,
      });
      return messages.diffResponse(diff);
    }),

    create: method(async (request: proto.CreateRequest) => {
      const properties = messages.fromStruct(request.getProperties());
      const created = await create(cluster(), {
        urn: request.getUrn(),
        properties,
        timeout: request.getTimeout(),
        preview: request.getPreview(),
      });
      const response = new provider.CreateResponse();
      response.setId(created.id);
      response.setProperties(messages.toStruct(created.properties));
      return response;
    }),

    read: method(async (request: proto.ReadRequest) => {
      const properties = messages.fromStruct(request.getProperties());
      const found = await read(cluster(), {
        urn: request.getUrn(),
        id: request.getId(),
        properties,
        inputs: messages.fromStruct(request.getInputs()),
      });
      const response = new provider.ReadResponse();
      if (found === undefined) return response;
      response.setId(found.id);
      response.setProperties(messages.toStruct(found.properties));
      response.setInputs(messages.toStruct(found.inputs));
      return response;
    }),

    update: method(async (request: proto.UpdateRequest) => {
      const properties = await update(cluster(), {
        urn: request.getUrn(),
        id: request.getId(),
        olds: messages.fromStruct(request.getOlds()),
        news: messages.fromStruct(request.getNews()),
        ignoreChanges: request.getIgnorechangesList(),
        timeout: request.getTimeout(),
        preview: request.getPreview(),
      });
      const response = new provider.UpdateResponse();
      response.setProperties(messages.toStruct(properties));
      return response;
    }),

    delete: method(async (request: proto.DeleteRequest) => {
      const properties = messages.fromStruct(request.getProperties());
      await remove(cluster(), { urn: request.getUrn(), id: request.getId(), properties, timeout: request.getTimeout() });
      return new empty.Empty();
    }),

    invoke: method((request: proto.InvokeRequest): proto.InvokeResponse => {
      throw new Error(`${request.getTok()}: functions need the official Kubernetes plugin; this stand-in only manages single objects`);
    }),

    construct: method((request: proto.ConstructRequest): proto.ConstructResponse => {
      throw new Error(`${request.getType()}: components need the official Kubernetes plugin; declare each object as a resource of its own`);
    }),

    cancel: method(() => {
      cancel.abort();
      return new empty.Empty();
    }),
  };
}
