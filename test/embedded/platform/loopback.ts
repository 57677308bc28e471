import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** Addresses that some processes listen on (TCP) or are bound to (UDP), as the kernel's tables have them: hexadecimal. */
export function listeningAddresses(pids: readonly number[]): readonly string[] {
  const inodes = new Set(pids.flatMap(socketsOf));
  return ["tcp", "tcp6", "udp", "udp6"].flatMap((table) => {
    const rows = readFileSync(`/proc/net/${table}`, "utf8").trim().split("\n").slice(1);
    return rows
      .map((row) => row.trim().split(/\s+/))
      .filter(([, , , state, , , , , , inode]) => inodes.has(inode) && (state === LISTENS || table.startsWith("udp")))
      .map(([, local = ""]) => local.slice(0, local.indexOf(":")));
  });
}

const LISTENS = "0A";

/** True for 127.0.0.0/8 (stored in the machine's order, so 127 comes last) and ::1. */
export function isLoopback(address: string): boolean {
  return address.length === 8 ? address.endsWith("7F") : address === "00000000000000000000000001000000";
}

function socketsOf(pid: number): readonly (string | undefined)[] {
  const directory = `/proc/${pid}/fd`;
  return readdirSync(directory).map((fd) => {
    try {
      return /^socket:\[(\d+)\]$/.exec(readlinkSync(`${directory}/${fd}`))?.[1];
    } catch {
      return undefined;
    }
  });
}
