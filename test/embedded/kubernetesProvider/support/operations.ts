// The provider's operations against a real API server, without an engine: what the engine would send, in a few words.
import { readFile } from "node:fs/promises";
import { check } from "../../../../embedded/kubernetesProvider/check.ts";
import { type Cluster, connect } from "../../../../embedded/kubernetesProvider/cluster.ts";
import { type Created, create } from "../../../../embedded/kubernetesProvider/create.ts";
import { type JsonObject, textAt } from "../../../../embedded/kubernetesProvider/json.ts";
import { settingsOf } from "../../../../embedded/kubernetesProvider/settings.ts";
import { type UpdateRequest, update } from "../../../../embedded/kubernetesProvider/update.ts";

export interface Operations {
  readonly cluster: Cluster;
  /** Status lines that an operator would have seen, in order. */
  readonly shown: readonly string[];
  readonly check: (inputs: JsonObject, olds?: JsonObject) => Promise<JsonObject>;
  readonly create: (inputs: JsonObject, options?: { preview?: boolean; timeout?: number }) => Promise<Created>;
  readonly update: (created: Created, inputs: JsonObject, options?: Partial<UpdateRequest>) => Promise<JsonObject>;
  /** What Ctrl-C does. */
  readonly cancel: () => void;
  /** A server-side apply by somebody else. */
  readonly applyAs: (manager: string, path: string, object: JsonObject, force?: boolean) => Promise<JsonObject>;
}

/** @param more inputs of the provider beside the kubeconfig */
export async function operations(kubeconfigPath: string, more: Record<string, string> = {}): Promise<Operations> {
  const kubeconfig = await readFile(kubeconfigPath, "utf8");
  const shown: string[] = [];
  const log = { status: (_urn: string, text: string) => shown.push(text), warnOnce: (text: string) => shown.push(text) };
  const variables: Record<string, string> = { kubeconfig, ...more };
  const cancelling = new AbortController();
  const settings = settingsOf((name) => variables[name] ?? "");
  const cluster = connect(settings, cancelling.signal, log);
  return {
    cluster,
    shown,
    cancel: () => cancelling.abort(),
    check: (news, olds) => check(cluster, { urn: urnOf(news), news, olds, suffix: "0123abcd", autonaming: undefined }),
    create: (properties, { preview = false, timeout = 10 } = {}) =>
      create(cluster, { urn: urnOf(properties), properties, preview, timeout }),
    update: (created, news, options = {}) =>
      update(cluster, {
        urn: urnOf(news),
        id: created.id,
        olds: created.properties,
        news,
        ignoreChanges: [],
        timeout: 10,
        preview: false,
        ...options,
      }),
    applyAs: (fieldManager, path, body, force = false) =>
      cluster.api({ method: "PATCH", path, contentType: "application/apply-patch+yaml", query: { fieldManager, force: `${force}` }, body }),
  };
}

/** The URN of a resource whose type is the object's kind. */
function urnOf(object: JsonObject): string {
  const apiVersion = textAt(object, "apiVersion");
  return `urn:pulumi:test::test::kubernetes:${apiVersion.includes("/") ? apiVersion : `core/${apiVersion}`}:${textAt(object, "kind")}::thing`;
}
