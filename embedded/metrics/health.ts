import { once } from "node:events";
import { createServer } from "node:http";

/** Undefined reason: Prometheus does what the cluster asks. */
export interface Health {
  readonly ready: boolean;
  readonly reason: string | undefined;
}

/** Serves GET /healthz on 127.0.0.1: 503 until ready, then 200, with the reason where Prometheus is behind. @throws when the port is taken */
export async function serveHealth(port: number, health: () => Health): Promise<void> {
  const server = createServer((request, response) => {
    const { ready, reason } = health();
    const status = !ready ? "starting" : reason === undefined ? "ok" : "degraded";
    if (request.url !== "/healthz") response.writeHead(404).end();
    else response.writeHead(ready ? 200 : 503, { "content-type": "application/json" }).end(JSON.stringify({ status, reason }));
  });
  await once(server.listen(port, "127.0.0.1"), "listening");
}
