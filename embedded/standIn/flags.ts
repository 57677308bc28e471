import { resolve } from "node:path";
import { parseArgs } from "node:util";
import { messageOf, PlatformError } from "../errors.ts";

/** The values of a stand-in's flags. Each method throws a PlatformError that names the flag and what is wrong with it. */
export interface Flags<Name extends string> {
  /** A file or folder, made absolute. */
  path(flag: Name): string;
  /** A TCP port. */
  port(flag: Name): number;
}

/**
 * Reads the command line of a stand-in, every flag of which has a value and must be there.
 * @throws PlatformError that begins with the stand-in's name
 */
export function readFlags<Name extends string>(standIn: string, names: readonly Name[], args: readonly string[]): Flags<Name> {
  const values = parse(standIn, names, args);
  const text = (flag: Name): string => {
    const value = values[flag];
    if (typeof value === "string" && value !== "") return value;
    throw new PlatformError(`${standIn}: --${flag} is missing`);
  };
  return {
    path: (flag) => resolve(text(flag)),
    port: (flag) => {
      const value = Number(text(flag));
      if (Number.isInteger(value) && value > 0 && value < 65_536) return value;
      throw new PlatformError(`${standIn}: --${flag} ${text(flag)} is not a port`);
    },
  };
}

function parse(standIn: string, names: readonly string[], args: readonly string[]) {
  const options = Object.fromEntries(names.map((name) => [name, { type: "string" } as const]));
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new PlatformError(`${standIn}: ${messageOf(error)}`);
  }
}
