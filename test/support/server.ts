import { once } from "node:events";
import { createServer, type RequestListener, type Server } from "node:http";
import type { TestContext } from "node:test";

export interface Serving {
  readonly port: number;
  /** Without a trailing slash. */
  readonly url: string;
  readonly server: Server;
}

/** Serves HTTP on a free port of 127.0.0.1 until the test ends, then cuts what is still open. */
export async function serve(t: TestContext, listener: RequestListener): Promise<Serving> {
  const server = createServer(listener).listen(0, "127.0.0.1");
  await once(server, "listening");
  t.after(() => {
    server.close();
    server.closeAllConnections();
  });
  const address = server.address();
  if (typeof address !== "object" || address === null) throw new Error("the server listens on no port");
  return { port: address.port, url: `http://127.0.0.1:${address.port}`, server };
}
