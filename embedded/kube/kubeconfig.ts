import { parse, stringify } from "yaml";
import { z } from "zod";
import { PlatformError } from "../errors.ts";

/** What it takes to speak to an API server. The token is a secret. */
export interface Credentials {
  /** https URL without a trailing slash. */
  readonly server: string;
  /** PEM of the certificate authority that the server's certificate is checked against. */
  readonly ca: string;
  readonly token: string;
}

const NAME = "sluice";

/** The text of a kubeconfig that holds everything itself: no paths, no commands. */
export function renderKubeconfig({ server, ca, token }: Credentials): string {
  return stringify({
    apiVersion: "v1",
    kind: "Config",
    "current-context": NAME,
    clusters: [{ name: NAME, cluster: { server, "certificate-authority-data": Buffer.from(ca).toString("base64") } }],
    users: [{ name: NAME, user: { token } }],
    contexts: [{ name: NAME, context: { cluster: NAME, user: NAME, namespace: "default" } }],
  });
}

const Kubeconfig = z.object({
  "current-context": z.string(),
  clusters: z.array(z.object({ name: z.string(), cluster: z.object({ server: z.url(), "certificate-authority-data": z.string() }) })),
  users: z.array(z.object({ name: z.string(), user: z.object({ token: z.string() }) })),
  contexts: z.array(z.object({ name: z.string(), context: z.object({ cluster: z.string(), user: z.string() }) })),
});

/**
 * Reads a kubeconfig of the embedded platform: CA data and a bearer token inline. Other ways to authenticate are for the
 * official client.
 * @throws PlatformError naming `source` and what is missing.
 */
export function parseKubeconfig(text: string, source: string): Credentials {
  const config = Kubeconfig.safeParse(parse(text));
  if (!config.success) throw new PlatformError(`${source}: not a kubeconfig of the embedded platform: ${z.prettifyError(config.error)}`);
  const { clusters, users, contexts, "current-context": current } = config.data;
  const context = contexts.find(({ name }) => name === current)?.context;
  const cluster = clusters.find(({ name }) => name === context?.cluster)?.cluster;
  const user = users.find(({ name }) => name === context?.user)?.user;
  if (!cluster || !user) throw new PlatformError(`${source}: context "${current}" names a cluster or user that is not there`);
  const ca = Buffer.from(cluster["certificate-authority-data"], "base64").toString();
  return { server: cluster.server.replace(/\/+$/, ""), ca, token: user.token };
}
