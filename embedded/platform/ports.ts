import { createServer } from "node:net";
import { PlatformError } from "../errors.ts";

/** Below the range from which Linux takes ports for outgoing connections, so that none of those can sit on a port between down and up. */
const RANGE = { from: 20_000, to: 32_767 };
const MOST_TRIES = 500;

/**
 * Gives every name a port of its own that is free: the one it had before if possible, so that a kubeconfig stays valid.
 * @param random a number in [0, 1)
 */
export async function choosePorts<Name extends string>(
  names: readonly Name[],
  before: Readonly<Partial<Record<Name, number>>>,
  isFree: (port: number) => Promise<boolean> = isFreeOnLoopback,
  random: () => number = Math.random,
): Promise<Readonly<Record<Name, number>>> {
  const taken = new Set<number>();
  const chosen: Partial<Record<Name, number>> = {};
  // The kept ones first: a new port must not be one that another name still has.
  for (const name of names) {
    const port = before[name];
    if (port === undefined || taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    chosen[name] = port;
  }
  for (const name of names) chosen[name] ??= await freshPort(taken, isFree, random);
  return complete(names, chosen);
}

async function freshPort(taken: Set<number>, isFree: (port: number) => Promise<boolean>, random: () => number): Promise<number> {
  for (let attempt = 0; attempt < MOST_TRIES; attempt++) {
    const port = RANGE.from + Math.floor(random() * (RANGE.to - RANGE.from + 1));
    if (taken.has(port) || !(await isFree(port))) continue;
    taken.add(port);
    return port;
  }
  throw new PlatformError(`no free port on 127.0.0.1 between ${RANGE.from} and ${RANGE.to} in ${MOST_TRIES} tries`);
}

function complete<Name extends string>(names: readonly Name[], ports: Partial<Record<Name, number>>): Record<Name, number> {
  const isComplete = (given: Partial<Record<Name, number>>): given is Record<Name, number> =>
    names.every((name) => given[name] !== undefined);
  if (isComplete(ports)) return ports;
  throw new Error("a name was left without a port");
}

/** True when a server could listen on the port of 127.0.0.1. */
export function isFreeOnLoopback(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(false));
    server.listen({ port, host: "127.0.0.1" }, () => server.close(() => resolve(true)));
  });
}
