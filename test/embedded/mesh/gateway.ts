// A real Envoy, fed by the translation, and pods that are small HTTP servers on addresses of 127.0.0.0/8.
import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { mkdtemp, rm } from "node:fs/promises";
import { Agent, createServer, request as httpRequest, type IncomingMessage, type RequestListener, type Server } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { resourceWriter } from "../../../embedded/mesh/files.ts";
import { prepareEnvoy } from "../../../embedded/mesh/index.ts";
import type { Snapshot } from "../../../embedded/mesh/objects.ts";
import { translate } from "../../../embedded/mesh/translate.ts";
import { choosePorts } from "../../../embedded/platform/ports.ts";
import { ensureTool } from "../../../embedded/toolchain/index.ts";
import { eventually } from "../../support/eventually.ts";
import { snapshot } from "./objects.ts";

export interface Answer {
  readonly status: number;
  readonly body: string;
}

export interface Gateway {
  readonly dir: string;
  readonly adminPort: number;
  /** Gives Envoy the cluster as it is now and waits until Envoy has taken it. */
  show(parts: Partial<Snapshot>): Promise<void>;
  /** One request through the gateway. Rejects when there is no answer at all. */
  get(host: string, path?: string, headers?: Readonly<Record<string, string>>): Promise<Answer>;
  /** Envoy's own statistics in Prometheus' format, those of the mesh only. */
  series(): Promise<string>;
  stop(): Promise<void>;
}

export async function startGateway(): Promise<Gateway> {
  const dir = await mkdtemp(join(tmpdir(), "sluice-mesh-"));
  const { gateway: gatewayPort, admin: adminPort } = await choosePorts(["gateway", "admin"], {});
  await prepareEnvoy({ dir, gatewayPort, adminPort });
  const args = ["--config-path", join(dir, "bootstrap.yaml"), "--disable-hot-restart", "--log-level", "warn", "--concurrency", "2"];
  const envoy = spawn(await ensureTool("envoy"), args, { stdio: ["ignore", "ignore", "inherit"] });
  const agent = new Agent({ keepAlive: true, maxSockets: 50 });
  const admin = async (path: string) => (await send({ port: adminPort, path, agent: false })).body;
  await eventually("Envoy to answer", async () => (await admin("/ready")).includes("LIVE") || undefined);

  const writer = resourceWriter(dir);
  return {
    dir,
    adminPort,
    async show(parts) {
      const { files } = translate(snapshot(parts));
      const before = await updatesTaken(admin);
      const written = writer.write(files);
      await eventually("Envoy to take the update", async () => (await updatesTaken(admin)) >= before + written.length || undefined);
    },
    get: (host, path = "/", headers = {}) => send({ port: gatewayPort, path, agent, headers: { ...headers, host } }),
    series: () => admin("/stats/prometheus?filter=^istio"),
    async stop() {
      agent.destroy();
      await ended(envoy);
      await rm(dir, { recursive: true, force: true });
    },
  };
}

/** Updates of files that Envoy has taken since it started; it counts the one route table once. */
async function updatesTaken(admin: (path: string) => Promise<string>): Promise<number> {
  const stats = await admin("/stats?filter=(pods-|gateway).*update_success$");
  return [...stats.matchAll(/: (\d+)$/gm)].reduce((sum, [, count]) => sum + Number(count), 0);
}

export interface TestPod {
  readonly ip: string;
  readonly requests: readonly IncomingMessage[];
  /** Stops listening, lets the requests it has finish, and closes idle connections: as a well-behaved app does on SIGTERM. */
  drain(): Promise<void>;
  /** Cuts everything at once. */
  kill(): void;
}

/** A server on a fresh loopback address, port 8080. @param answer default: 200 and the given name as body. */
export async function startPod(name: string, answer: RequestListener = (_, response) => response.end(name)): Promise<TestPod> {
  const ip = `127.${randomInt(100, 250)}.${randomInt(1, 250)}.${randomInt(1, 250)}`;
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve, reject) => {
    server.once("error", reject);
    server.listen(8080, ip, resolve);
  });
  return {
    ip,
    requests,
    drain: () => new Promise((closed) => server.close(() => closed())),
    kill: () => cut(server),
  };
}

function cut(server: Server): void {
  server.close();
  server.closeAllConnections();
}

interface Sent {
  readonly port: number;
  readonly path: string;
  readonly agent: Agent | false;
  readonly headers?: Readonly<Record<string, string>>;
}

function send({ headers = {}, ...options }: Sent): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const sent = httpRequest({ host: "127.0.0.1", ...options, headers: { ...headers } }, (answer) => {
      const chunks: string[] = [];
      answer.setEncoding("utf8").on("data", (text: string) => chunks.push(text));
      answer.on("end", () => resolve({ status: answer.statusCode ?? 0, body: chunks.join("") }));
      answer.on("error", reject);
    });
    sent.on("error", reject);
    sent.end();
  });
}

/** Ends a process and waits for it. */
export async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const exit = new Promise((resolve) => child.once("exit", resolve));
  child.kill("SIGTERM");
  await exit;
}
