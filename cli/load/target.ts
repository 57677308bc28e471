import { isIPv4 } from "node:net";

/** A load that is not started; the message says why. */
export class LoadError extends Error {
  override readonly name = "LoadError";
  readonly forUser = true;
}

/**
 * The origin of a URL that load may be sent to: plain HTTP on this machine. Load on anything else would be an attack or a bill.
 * @throws LoadError
 */
export function loadTarget(url: string): string {
  if (!URL.canParse(url)) throw new LoadError(`load: "${url}" is not a URL`);
  const { protocol, hostname, origin } = new URL(url);
  if (protocol !== "http:") throw new LoadError(`load: ${url} is not an http:// URL`);
  if (!isLoopback(hostname)) {
    throw new LoadError(
      `load: ${hostname} is not this machine; load is sent to 127.0.0.0/8, [::1] and localhost only (name the service by its Host header)`,
    );
  }
  return origin;
}

function isLoopback(hostname: string): boolean {
  return hostname === "localhost" || hostname === "[::1]" || (isIPv4(hostname) && hostname.startsWith("127."));
}
