/** What the service says to one request, before it becomes HTTP. */
export interface Answer {
  readonly code: number;
  readonly body: Readonly<Record<string, string>>;
}

/** The part of the service's state that answers depend on. */
export interface Identity {
  readonly version: string;
  readonly hostname: string;
  /** False while the service is on its way out: no new traffic wanted, what still comes is served. */
  readonly ready: boolean;
}

type Route = (self: Identity, query: URLSearchParams) => Answer;

const routes: Readonly<Record<string, Route>> = {
  "/": ({ version, hostname }) => ok({ message: "Hello from echo", version, hostname }),
  "/version": ({ version }) => ok({ version }),
  "/echo": (_self, query) => {
    const message = query.get("message");
    return message === null ? { code: 400, body: { error: "say what to echo: /echo?message=hello" } } : ok({ message });
  },
  "/health": () => ok({ status: "ok" }),
  "/ready": ({ ready }) => (ready ? ok({ status: "ready" }) : { code: 503, body: { status: "draining" } }),
};

/** The routes that faults apply to: what users call. Probes and metrics stay honest, or a fault would hide itself. */
export const faultyRoutes: ReadonlySet<string> = new Set(["/", "/echo"]);

/** The route of a path as metrics name it. Unknown paths share one name, so that a scanner cannot make series without end. */
export function routeOf(path: string): string {
  return path === "/metrics" || Object.hasOwn(routes, path) ? path : "other";
}

/** The answer to a request on a route (see routeOf). Only GET and HEAD are served. */
export function answer(method: string, route: string, query: URLSearchParams, self: Identity): Answer {
  const serve = routes[route];
  if (serve === undefined) return { code: 404, body: { error: "no such page" } };
  if (method !== "GET" && method !== "HEAD") return { code: 405, body: { error: `${method} is not served, only GET and HEAD` } };
  return serve(self, query);
}

function ok(body: Answer["body"]): Answer {
  return { code: 200, body };
}
