// What a conductor writes down before it acts, so that the next one finds the same evidence and goes on where this one stopped.
import { isDeepStrictEqual } from "node:util";
import { z } from "zod";
import type { Span } from "./looks.ts";

/**
 * The state of one judgement. It lives on the Lease, so that only the conductor that holds the Lease can write it.
 * Everything else is read again from Prometheus and the Rollout.
 */
export interface Progress {
  /** Which Rollout, revision, `retry` and weights this is about. Of any other it says nothing. */
  readonly of: { readonly uid: string; readonly revision: string; readonly retry: number; readonly steps: readonly number[] };
  /** When the canary's first step began, seconds since the epoch. */
  readonly origin: number;
  /** The steps there have been; the last one without a `to` is where the Rollout stands. */
  readonly spans: readonly Span[];
  /** The verdict, once there is one; it may still have to be carried out. */
  readonly ended?: { readonly verdict: "promoted" | "rolled back"; readonly reason: string };
}

const schema = z.object({
  of: z.object({ uid: z.string(), revision: z.string(), retry: z.number(), steps: z.array(z.number()) }),
  origin: z.number(),
  spans: z.array(z.object({ entered: z.number(), to: z.number().exactOptional() })),
  ended: z.object({ verdict: z.enum(["promoted", "rolled back"]), reason: z.string() }).exactOptional(),
});

/** Reads what a conductor wrote down; undefined where it says nothing that can be used. */
export function parseProgress(text: string | undefined): Progress | undefined {
  try {
    return schema.safeParse(JSON.parse(text ?? "")).data;
  } catch {
    return undefined;
  }
}

/** Whether `progress` is about the same Rollout, revision and weights, whatever its `retry`. */
export function isAbout(progress: Progress, of: Progress["of"]): boolean {
  return isDeepStrictEqual({ ...progress.of, retry: 0 }, { ...of, retry: 0 });
}
