// A connection to the API server by the contents of a kubeconfig. What goes wrong is told without a word of the kubeconfig.
import type { IncomingMessage } from "node:http";
import { type RequestOptions as HttpsOptions, request as send } from "node:https";
import { GateError } from "../errors.ts";

/** The server did not answer, or not in a way that means anything: worth another try. */
export class Unavailable extends Error {}

export interface KubeAnswer {
  readonly status: number;
  readonly body: unknown;
}

export interface KubeRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH";
  /** With its query. */
  readonly path: string;
  readonly body?: unknown;
}

/** One exchange of JSON. Every answer below 500 but 429 is returned. @throws Unavailable */
export type Kube = (request: KubeRequest) => Promise<KubeAnswer>;

/** An unanswered request is given up after this: short enough to keep a Lease alive by another try. */
const ANSWER_SECONDS = 4;

/**
 * Connects lazily: @kubernetes/client-node takes half a second to load and is wanted only by a rollout. Of it only the
 * kubeconfig's part is used, because that knows every way to log in (certificates, tokens, `aws eks get-token`).
 * @throws GateError when the kubeconfig cannot be used
 */
export async function connect(kubeconfig: string): Promise<Kube> {
  const { KubeConfig } = await import("@kubernetes/client-node");
  const config = new KubeConfig();
  try {
    config.loadFromString(kubeconfig);
  } catch {
    // The parser's message quotes the text at fault, which is a secret.
    throw new GateError("the gate's kubeconfig cannot be read: it is not a valid kubeconfig");
  }
  const server = config.getCurrentCluster()?.server;
  if (server === undefined) throw new GateError("the gate's kubeconfig names no cluster: its current context is missing or unknown");

  return async ({ method, path, body }) => {
    const options: HttpsOptions = { method, headers: { accept: "application/json" } };
    try {
      await config.applyToHTTPSOptions(options);
    } catch {
      throw new Unavailable("cannot log in to the API server with the gate's kubeconfig");
    }
    const type = method === "PATCH" ? "application/merge-patch+json" : "application/json";
    const text = body === undefined ? undefined : JSON.stringify(body);
    const answer = await exchange(new URL(server.replace(/\/+$/, "") + path), withBody(options, type, text), text);
    const status = answer.statusCode ?? 0;
    const answered = await read(answer);
    if (status >= 500 || status === 429) throw new Unavailable(`the API server answers ${status}`);
    return { status, body: answered };
  };
}

function withBody(options: HttpsOptions, type: string, text: string | undefined): HttpsOptions {
  if (text === undefined) return options;
  return { ...options, headers: { ...options.headers, "content-type": type, "content-length": Buffer.byteLength(text) } };
}

function exchange(url: URL, options: HttpsOptions, text: string | undefined): Promise<IncomingMessage> {
  return new Promise((resolve, reject) => {
    const sent = send(url, options, resolve);
    sent.setTimeout(ANSWER_SECONDS * 1000, () => sent.destroy(new Unavailable(`no answer in ${ANSWER_SECONDS} s`)));
    sent.on("error", (error) => reject(new Unavailable(messageOf(error))));
    sent.end(text);
  });
}

async function read(answer: IncomingMessage): Promise<unknown> {
  try {
    const text = (await answer.setEncoding("utf8").toArray()).join("");
    return answer.headers["content-type"]?.includes("json") ? JSON.parse(text) : text;
  } catch (error) {
    throw new Unavailable(`the answer broke off: ${messageOf(error)}`);
  }
}

/** A socket's error by its code and place; nothing of what was sent. */
function messageOf(error: unknown): string {
  if (!(error instanceof Error)) return "no reason given";
  return "code" in error && typeof error.code === "string" && error.message === "" ? error.code : error.message;
}
