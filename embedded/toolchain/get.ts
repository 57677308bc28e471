// One GET to a release server or a mirror, through the machine's proxy where it has one.
import http, { type IncomingMessage } from "node:http";
import https from "node:https";
import type { Surroundings } from "./surroundings.ts";

const MOST_REDIRECTS = 10;

export interface GetOptions {
  /** Where HTTPS_PROXY, HTTP_PROXY and NO_PROXY are looked up, also in lower case. */
  readonly env: Surroundings["env"];
  /** Ends the answer's body too. */
  readonly signal: AbortSignal;
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Asks for a URL and follows redirects; returns the answer, whatever its status. Not fetch: a proxy for that would be one for the whole
 * process, and so for its requests to the platform on 127.0.0.1 as well.
 */
export async function get(url: string, options: GetOptions, redirects = MOST_REDIRECTS): Promise<IncomingMessage> {
  const response = await ask(url, options);
  const { statusCode = 0, headers } = response;
  if (statusCode < 300 || statusCode >= 400 || headers.location === undefined) return response;
  response.destroy();
  if (redirects === 0) throw new Error(`redirected more than ${MOST_REDIRECTS} times`);
  return get(new URL(headers.location, url).href, options, redirects - 1);
}

function ask(url: string, { env, signal, headers }: GetOptions): Promise<IncomingMessage> {
  const { Agent, request } = url.startsWith("https:") ? https : http;
  const options = { agent: new Agent({ proxyEnv: { ...env } }), signal, headers: { "user-agent": "sluice", ...headers } };
  return new Promise((resolve, reject) => {
    request(url, options, resolve).on("error", reject).end();
  });
}
