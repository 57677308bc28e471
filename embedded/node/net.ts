import { createHash } from "node:crypto";
import { createServer, type Server } from "node:net";
import { type AddressPool, addressPool } from "./address.ts";

/** Only held, to mark a net as taken. Below the ports that are given to outgoing connections, and nobody's that we know of. */
const CLAIM_PORT = 21250;
const NETS = 254;

/** A range of addresses that no other node on this machine uses as long as this process lives. */
export interface Net {
  readonly number: number;
  readonly pool: AddressPool;
  release(): void;
}

/**
 * Claims one of the nets 127.1.0.0/16 to 127.254.0.0/16 by listening on its node address.
 * @param preferred tried first, so that a node that comes back gets the addresses of its pods back.
 * @throws Error when every net is taken.
 */
export async function claimNet(preferred: number): Promise<Net> {
  for (let step = 0; step < NETS; step++) {
    const number = ((preferred - 1 + step) % NETS) + 1;
    const pool = addressPool(number);
    const server = await listen(pool.node);
    if (server !== undefined) return { number, pool, release: () => server.close() };
  }
  throw new Error("all nets 127.1.0.0/16 to 127.254.0.0/16 are taken by other nodes");
}

function listen(host: string): Promise<Server | undefined> {
  const server = createServer((socket) => socket.destroy());
  return new Promise((resolve) => {
    server.once("error", () => resolve(undefined));
    server.listen({ host, port: CLAIM_PORT, exclusive: true }, () => resolve(server));
  });
}

/** The net a node asks for first: always the same for the same folder, most likely another for another folder. */
export function preferredNet(dir: string): number {
  return (createHash("sha256").update(dir).digest().readUInt16BE() % NETS) + 1;
}
