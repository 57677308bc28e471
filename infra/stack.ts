import * as pulumi from "@pulumi/pulumi";
import type { Stack } from "./stack/assemble.ts";
import { decodeStack } from "./stack/decode.ts";

export type { Stack } from "./stack/assemble.ts";

/**
 * The stack this program runs for, read once. Nothing else reads Pulumi's config, so that this is the one place where a stack can be wrong,
 * and all that is wrong with it is told in one error.
 */
export function readStack(): Stack {
  const decoded = decodeStack(ownConfig());
  if ("stack" in decoded) return decoded.stack;
  const lines = decoded.problems.map(({ path, reason }) => `  ${pulumi.getProject()}:${path}: ${reason}`);
  // A RunError is printed without a stack trace, and before any resource is touched.
  throw new pulumi.RunError([`stack ${pulumi.getStack()} is refused, nothing was changed:`, ...lines].join("\n"));
}

/** Every value of the stack under this project's name, unknown ones too: Pulumi's own getters find only what they are asked for. */
function ownConfig(): Readonly<Record<string, unknown>> {
  const prefix = `${pulumi.getProject()}:`;
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) => key.startsWith(prefix));
  return Object.fromEntries(own.map(([key, text]) => [key.slice(prefix.length), parsed(text)]));
}

/** Mappings arrive as JSON, and single values, which this program has none of, as they are. */
function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
