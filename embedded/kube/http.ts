import type { IncomingMessage } from "node:http";
import { Agent, request } from "node:https";
import type { Credentials } from "./kubeconfig.ts";
import { isRecord } from "./objects.ts";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Query = Readonly<Record<string, string | number | boolean | undefined>>;

export interface RequestOptions {
  readonly query?: Query;
  /** Text is sent as it stands, anything else as JSON. */
  readonly body?: unknown;
  /** Media type of the body. @default "application/json" */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** An answer of the API server that is not a success. */
export class ApiError extends Error {
  override readonly name = "ApiError";
  /** HTTP status. */
  readonly status: number;
  /** The server's one-word reason, e.g. "Conflict", "Invalid"; empty when the answer had none. */
  readonly reason: string;

  constructor(request: string, status: number, body: unknown) {
    const text = isRecord(body) ? body.message : body;
    super(`${request}: ${status} ${typeof text === "string" ? text.trim() : ""}`.trim());
    this.status = status;
    this.reason = isRecord(body) && typeof body.reason === "string" ? body.reason : "";
  }
}

export const isNotFound = (error: unknown): boolean => error instanceof ApiError && error.status === 404;
export const isConflict = (error: unknown): boolean => error instanceof ApiError && error.status === 409;

/** A request that has not answered in this time is given up, so that a stopped server cannot hang a part. */
const ANSWER_SECONDS = 30;

export interface Transport {
  /** One exchange of JSON. @throws ApiError on an answer that is not 2xx, the socket's error when there is none. */
  exchange(method: Method, path: string, options?: RequestOptions): Promise<unknown>;
  /** The lines of a streamed answer, until the server ends it. A stream silent for `silenceSeconds` is given up. */
  lines(path: string, query: Query, silenceSeconds: number, signal: AbortSignal): AsyncIterable<string>;
  close(): void;
}

export function transportTo({ server, ca, token }: Credentials): Transport {
  const agent = new Agent({ keepAlive: true, ca });

  function send(method: Method, path: string, options: RequestOptions, silenceSeconds: number): Promise<IncomingMessage> {
    const url = new URL(server + path);
    for (const [key, value] of Object.entries(options.query ?? {})) if (value !== undefined) url.searchParams.set(key, String(value));
    const body = options.body === undefined || typeof options.body === "string" ? options.body : JSON.stringify(options.body);
    const headers: Record<string, string> = { authorization: `Bearer ${token}`, accept: "application/json" };
    if (body !== undefined) {
      headers["content-type"] = options.contentType ?? "application/json";
      // Node sends the body of a DELETE without any length unless told.
      headers["content-length"] = String(Buffer.byteLength(body));
    }
    return new Promise((resolve, reject) => {
      const sent = request(url, { method, agent, headers, ...(options.signal && { signal: options.signal }) }, resolve);
      sent.on("error", (error) => {
        if (sent.reusedSocket && method !== "POST" && isReset(error)) resolve(send(method, path, options, silenceSeconds));
        else reject(error);
      });
      sent.setTimeout(silenceSeconds * 1000, () => sent.destroy(new Error(`${method} ${path}: no answer in ${silenceSeconds} s`)));
      sent.end(body);
    });
  }

  async function exchange(method: Method, path: string, options: RequestOptions = {}): Promise<unknown> {
    const answer = await send(method, path, options, ANSWER_SECONDS);
    return read(`${method} ${path}`, answer);
  }

  async function* lines(path: string, query: Query, silenceSeconds: number, signal: AbortSignal): AsyncIterable<string> {
    const answer = await send("GET", path, { query, signal }, silenceSeconds);
    if (answer.statusCode !== 200) await read(`GET ${path}`, answer);
    yield* linesOf(answer.setEncoding("utf8"));
  }

  return { exchange, lines, close: () => agent.destroy() };
}

/** A kept connection that the server has closed meanwhile, as after its restart. What was sent on it was not read, so it is sent again. */
function isReset(error: NodeJS.ErrnoException): boolean {
  return error.code === "ECONNRESET" || error.code === "EPIPE";
}

/** Splits a stream at line ends. Not readline: that one swallows the stream's error, and a broken watch would look like an ended one. */
async function* linesOf(chunks: AsyncIterable<string>): AsyncIterable<string> {
  let rest = "";
  for await (const chunk of chunks) {
    const lines = (rest + chunk).split("\n");
    rest = lines.pop() ?? "";
    yield* lines;
  }
  if (rest !== "") yield rest;
}

async function read(what: string, answer: IncomingMessage): Promise<unknown> {
  const text = (await answer.toArray()).join("");
  const isJson = answer.headers["content-type"]?.startsWith("application/json");
  const body: unknown = isJson && text !== "" ? JSON.parse(text) : text;
  const status = answer.statusCode ?? 0;
  if (status < 200 || status > 299) throw new ApiError(what, status, body);
  return body;
}
