import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import { type Answer, answer, faultyRoutes, type Identity, routeOf } from "./answers.ts";
import { log } from "./log.ts";
import type { Metrics } from "./metrics.ts";
import type { Faults } from "./settings.ts";
import type { Tracer } from "./trace.ts";

export interface ServerParts {
  readonly faults: Faults;
  readonly metrics: Metrics;
  readonly tracer: Tracer;
  /** Asked anew for each request, because readiness changes. */
  readonly identity: () => Identity;
}

/** Code recorded for a caller that left before its answer, which nobody received (as nginx writes it). */
const callerLeft = 499;

/** The HTTP server, not listening yet. Each request is counted, and logged with its trace id unless a machine asks every second. */
export function createEchoServer(parts: ServerParts): Server {
  const server = createServer((request, response) => {
    serve(parts, request, response).catch((error: unknown) => {
      log("error", "answer failed", { reason: String(error) });
      response.destroy();
    });
  });
  // Longer than the hour after which Envoy closes an idle connection: whoever closes first races with the next request on it.
  server.keepAliveTimeout = 3_660_000;
  return server;
}

async function serve(parts: ServerParts, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const began = performance.now();
  const method = request.method ?? "GET";
  const [path = "/", query = ""] = (request.url ?? "/").split("?", 2);
  const route = routeOf(path);
  const trace = parts.tracer(method, route, request.headers);

  response.once("close", () => {
    const seconds = (performance.now() - began) / 1000;
    const code = response.writableFinished ? response.statusCode : callerLeft;
    trace.end(code, seconds);
    parts.metrics.observe(method, route, code, seconds);
    if (!quietRoutes.has(route)) {
      const { traceId: trace_id, spanId: span_id } = trace;
      log(code >= 500 ? "error" : "info", "request", { method, path, code, duration_ms: seconds * 1000, trace_id, span_id });
    }
  });

  if (route === "/metrics") {
    const { text, contentType } = await parts.metrics.render();
    return send(response, parts.identity(), 200, contentType, text);
  }
  if (faultyRoutes.has(route) && Math.random() < parts.faults.slowRate) await sleep(parts.faults.slowMs);
  const failing = faultyRoutes.has(route) && Math.random() < parts.faults.errorRate;
  const self = parts.identity();
  const { code, body } = failing ? fault : answer(method, route, new URLSearchParams(query), self);
  send(response, self, code, "application/json", `${JSON.stringify(body)}\n`);
}

const quietRoutes: ReadonlySet<string> = new Set(["/health", "/ready", "/metrics"]);

const fault: Answer = { code: 500, body: { error: "a fault, as ERROR_RATE asks" } };

function send(response: ServerResponse, self: Identity, code: number, contentType: string, text: string): void {
  response.setHeader("x-version", self.version);
  // Looked up as late as this: a request that came before the drain began must not leave its connection open either.
  if (!self.ready) response.setHeader("connection", "close");
  if (code === 405) response.setHeader("allow", "GET, HEAD");
  response.writeHead(code, { "content-type": contentType, "content-length": Buffer.byteLength(text) });
  response.end(text);
}
