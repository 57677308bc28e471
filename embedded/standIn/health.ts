import { once } from "node:events";
import { createServer, type Server } from "node:http";

/** What GET /healthz answers: 503 until ready; then 200, with a reason where the stand-in cannot do all that the cluster asks. */
export interface Health {
  readonly ready: boolean;
  readonly reason: string | undefined;
}

/** Serves GET /healthz on 127.0.0.1. @throws Error when the port is taken */
export async function serveHealth(port: number, health: () => Health): Promise<Server> {
  const server = createServer((request, response) => {
    if (request.url !== "/healthz") {
      response.writeHead(404).end();
      return;
    }
    const { ready, reason } = health();
    const status = !ready ? "starting" : reason === undefined ? "ok" : "degraded";
    response.writeHead(ready ? 200 : 503, { "content-type": "application/json" }).end(`${JSON.stringify({ status, reason })}\n`);
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
  return server;
}
