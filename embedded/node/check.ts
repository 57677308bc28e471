import { type ClientRequest, request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { connect } from "node:net";
import type { Finding } from "./probe.ts";
import type { Container, Probe } from "./types.ts";

/** Where a probe looks. */
export interface Target {
  readonly container: Container;
  readonly podIP: string;
  readonly timeoutMs: number;
}

/** Checks a container once, as its httpGet or tcpSocket says. Never throws: what goes wrong is the finding. */
export async function check({ httpGet, tcpSocket }: Probe, { container, podIP, timeoutMs }: Target): Promise<Finding> {
  const named = httpGet?.port ?? tcpSocket?.port ?? 0;
  const port = portOf(container, named);
  if (port === undefined) return { ok: false, message: `container ${container.name} has no port named "${named}"` };
  if (tcpSocket) return checkTcp(tcpSocket.host ?? podIP, port, timeoutMs);
  const { scheme = "HTTP", host = podIP, path = "/", httpHeaders = [] } = httpGet ?? {};
  const url = new URL(path, `${scheme.toLowerCase()}://${host}:${port}`);
  return checkHttp(url, Object.fromEntries(httpHeaders.map(({ name, value }) => [name, value])), timeoutMs);
}

/** A port by number or by the name one of the container's ports has. */
export function portOf({ ports = [] }: Container, port: number | string): number | undefined {
  if (typeof port === "number") return port;
  return ports.find(({ name }) => name === port)?.containerPort ?? (/^\d+$/.test(port) ? Number(port) : undefined);
}

/** Success is a status from 200 to 399. A certificate is not checked, as a kubelet does not. */
function checkHttp(url: URL, headers: Readonly<Record<string, string>>, timeoutMs: number): Promise<Finding> {
  const options = { headers: { "user-agent": "kube-probe/1", accept: "*/*", connection: "close", ...headers }, agent: false } as const;
  return new Promise((resolve) => {
    const sent: ClientRequest =
      url.protocol === "https:" ? httpsRequest(url, { ...options, rejectUnauthorized: false }) : httpRequest(url, options);
    const finish = (finding: Finding) => {
      clearTimeout(timer);
      sent.destroy();
      resolve(finding);
    };
    const timer = setTimeout(() => finish({ ok: false, message: `Get "${url}": no answer within ${timeoutMs / 1000} s` }), timeoutMs);
    sent.once("response", ({ statusCode = 0 }) =>
      finish(
        statusCode >= 200 && statusCode < 400 ? { ok: true } : { ok: false, message: `HTTP probe failed with statuscode: ${statusCode}` },
      ),
    );
    sent.on("error", (error) => finish({ ok: false, message: `Get "${url}": ${error.message}` }));
    sent.end();
  });
}

function checkTcp(host: string, port: number, timeoutMs: number): Promise<Finding> {
  return new Promise((resolve) => {
    const socket = connect({ host, port, timeout: timeoutMs });
    const finish = (finding: Finding) => {
      socket.destroy();
      resolve(finding);
    };
    socket.once("connect", () => finish({ ok: true }));
    socket.once("timeout", () => finish({ ok: false, message: `dial tcp ${host}:${port}: no answer within ${timeoutMs / 1000} s` }));
    socket.on("error", ({ message }) => finish({ ok: false, message: `dial tcp ${host}:${port}: ${message}` }));
  });
}
