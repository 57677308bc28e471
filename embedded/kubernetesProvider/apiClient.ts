// A thin client of the API server: JSON over kept-alive connections, and errors with the server's own reasons.
// Why not @kubernetes/client-node: docs/decisions/kubernetes-provider-stand-in.md.
import http from "node:http";
import https from "node:https";
import { setTimeout as sleep } from "node:timers/promises";
import { isObject, type JsonObject, objectsAt, textAt } from "./json.ts";
import type { Connection } from "./kubeconfig.ts";

export interface ApiRequest {
  readonly method: "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly body?: JsonObject | readonly JsonObject[];
  /** @default application/json */
  readonly contentType?: string;
  readonly signal?: AbortSignal;
}

/** Sends a request and gives the answer's object. Rejects with ApiError or Unreachable. */
export type ApiClient = (request: ApiRequest) => Promise<JsonObject>;

/** One field the server finds fault with. */
export interface Cause {
  readonly field: string;
  readonly message: string;
  readonly reason: string;
}

/** The API server refused. `reason` is its machine-readable word: NotFound, AlreadyExists, Conflict, Invalid, ... */
export class ApiError extends Error {
  readonly code: number;
  readonly reason: string;
  readonly causes: readonly Cause[];

  constructor(code: number, status: JsonObject) {
    super(textAt(status, "message") || `HTTP ${code}`);
    this.code = code;
    this.reason = textAt(status, "reason");
    this.causes = objectsAt(status, "details", "causes").map((cause) => ({
      field: textAt(cause, "field"),
      message: textAt(cause, "message"),
      reason: textAt(cause, "reason"),
    }));
  }
}

/** The API server did not answer. */
export class Unreachable extends Error {}

/** Connections at a time; more requests wait for one. Well above the number of operations the engine has under way. */
const CONNECTIONS = 32;

/** How often a request is sent again that the server puts off (429) or whose kept-alive connection had just been closed. */
const RETRIES = 5;

export function apiClient(connection: Connection): ApiClient {
  const { server } = connection;
  const transport = server.protocol === "http:" ? http : https;
  const agent = new transport.Agent({ keepAlive: true, maxSockets: CONNECTIONS });
  const options: https.RequestOptions = {
    agent,
    ca: connection.ca,
    cert: connection.clientCertificate,
    key: connection.clientKey,
    rejectUnauthorized: !connection.insecure,
    ...(connection.serverName === "" ? {} : { servername: connection.serverName }),
  };

  function send(request: ApiRequest): Promise<Answer> {
    const url = new URL(server.pathname.replace(/\/$/, "") + request.path, server);
    url.search = new URLSearchParams(request.query).toString();
    const body = request.body === undefined ? undefined : JSON.stringify(request.body);
    const headers = {
      accept: "application/json",
      ...(connection.token === "" ? {} : { authorization: `Bearer ${connection.token}` }),
      ...(body === undefined
        ? {}
        : { "content-type": request.contentType ?? "application/json", "content-length": Buffer.byteLength(body) }),
    };
    return new Promise((resolve, reject) => {
      const call = transport.request(url, {
        ...options,
        method: request.method,
        headers,
        ...(request.signal ? { signal: request.signal } : {}),
      });
      call.on("error", (error: NodeJS.ErrnoException) => {
        if (request.signal?.aborted) reject(error);
        else if (call.reusedSocket && error.code === "ECONNRESET") resolve(SEND_AGAIN);
        else reject(new Unreachable(`the API server at ${server.origin} does not answer: ${error.message}`));
      });
      call.on("response", (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () => {
          const retryAfter = Number(response.headers["retry-after"] ?? 1);
          resolve({ code: response.statusCode ?? 0, retryAfter, object: parseBody(Buffer.concat(chunks).toString()) });
        });
      });
      call.end(body);
    });
  }

  return async (request) => {
    for (let attempt = 0; ; attempt++) {
      const { code, retryAfter, object } = await send(request);
      if (code < 300) return object;
      if (code !== 429 || attempt >= RETRIES) throw new ApiError(code, object);
      await sleep(retryAfter * 1000, undefined, { ...(request.signal ? { signal: request.signal } : {}) });
    }
  };
}

interface Answer {
  readonly code: number;
  /** Seconds. */
  readonly retryAfter: number;
  readonly object: JsonObject;
}

/** The server closed an idle connection just as it was used again: nothing was read of the request. */
const SEND_AGAIN: Answer = { code: 429, retryAfter: 0, object: {} };

function parseBody(text: string): JsonObject {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : {};
  } catch {
    return { message: text.trim() };
  }
}

export function isNotFound(error: unknown): boolean {
  return error instanceof ApiError && error.code === 404;
}
