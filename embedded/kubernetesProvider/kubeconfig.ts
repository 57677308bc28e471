// Where the API server is and who we are to it: the part of a kubeconfig that the stand-in understands.
import { readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";
import { parse } from "yaml";
import { messageOf } from "../errors.ts";
import { at, isObject, type JsonObject, objectAt, objectsAt, textAt } from "./json.ts";

export interface Connection {
  readonly server: URL;
  /** Namespace of the context; "" when it names none. */
  readonly namespace: string;
  readonly ca: Buffer | undefined;
  readonly insecure: boolean;
  readonly serverName: string;
  readonly token: string;
  readonly clientCertificate: Buffer | undefined;
  readonly clientKey: Buffer | undefined;
}

/** What of the provider's inputs chooses the cluster. "" leaves the choice to the kubeconfig. */
export interface ClusterChoice {
  /** Contents of a kubeconfig, or the path of one. "" means $KUBECONFIG, else ~/.kube/config. */
  readonly kubeconfig: string;
  readonly context: string;
  readonly cluster: string;
}

/**
 * Reads the connection that a kubeconfig describes.
 *
 * @throws Error with what is wrong in the kubeconfig; never with any of its secrets
 */
export function connectionOf(choice: ClusterChoice): Connection {
  const config = loadKubeconfig(choice.kubeconfig);
  const contextName = choice.context || textAt(config, "current-context");
  const context = entry(config, "contexts", "context", contextName);
  const clusterName = choice.cluster || textAt(context, "cluster");
  const cluster = entry(config, "clusters", "cluster", clusterName);
  const userName = textAt(context, "user");
  const user = userName === "" ? {} : entry(config, "users", "user", userName);
  for (const plugin of ["exec", "auth-provider", "username"]) {
    if (user[plugin] !== undefined) {
      throw new Error(
        `kubeconfig: user "${userName}" signs in by "${plugin}", which needs the official plugin; use a token or a client certificate`,
      );
    }
  }
  const server = textAt(cluster, "server");
  if (!URL.canParse(server)) throw new Error(`kubeconfig: cluster "${clusterName}" has no valid server URL: "${server}"`);
  return {
    server: new URL(server),
    namespace: textAt(context, "namespace"),
    ca: dataOrFile(cluster, "certificate-authority"),
    insecure: at(cluster, "insecure-skip-tls-verify") === true,
    serverName: textAt(cluster, "tls-server-name"),
    token: textAt(user, "token") || fileText(textAt(user, "tokenFile")),
    clientCertificate: dataOrFile(user, "client-certificate"),
    clientKey: dataOrFile(user, "client-key"),
  };
}

/** The cluster entry that a kubeconfig leads to; when it changes, the objects are on another cluster. Undefined if it cannot be told. */
export function activeCluster(choice: ClusterChoice): JsonObject | undefined {
  try {
    const config = loadKubeconfig(choice.kubeconfig);
    const context = entry(config, "contexts", "context", choice.context || textAt(config, "current-context"));
    return entry(config, "clusters", "cluster", choice.cluster || textAt(context, "cluster"));
  } catch {
    return undefined;
  }
}

/** Whether the text is a kubeconfig itself, not the path of one. */
export function isContents(kubeconfig: string): boolean {
  return kubeconfig.includes("\n") || kubeconfig.trimStart().startsWith("{");
}

function loadKubeconfig(pathOrContents: string): JsonObject {
  if (isContents(pathOrContents)) return parsed(pathOrContents, "the provider's kubeconfig");
  const path = (pathOrContents || process.env.KUBECONFIG || join(homedir(), ".kube", "config")).replace(/^~(?=\/|$)/, homedir());
  return parsed(readText(path), path);
}

function readText(path: string): string {
  try {
    return readFileSync(path, "utf8");
  } catch (error) {
    throw new Error(`the kubeconfig cannot be read: ${messageOf(error)}`, { cause: error });
  }
}

function parsed(contents: string, source: string): JsonObject {
  const config: unknown = parse(contents);
  if (!isObject(config)) throw new Error(`${source} is not a kubeconfig: it holds no mapping`);
  return config;
}

function entry(config: JsonObject, list: string, key: string, name: string): JsonObject {
  const found = objectsAt(config, list).find((item) => item.name === name);
  if (found === undefined) throw new Error(`kubeconfig: no entry "${name}" under ${list}`);
  return objectAt(found, key);
}

function dataOrFile(holder: JsonObject, key: string): Buffer | undefined {
  const data = textAt(holder, `${key}-data`);
  if (data !== "") return Buffer.from(data, "base64");
  const file = textAt(holder, key);
  return file === "" ? undefined : readFileSync(file);
}

function fileText(path: string): string {
  return path === "" ? "" : readFileSync(path, "utf8").trim();
}
