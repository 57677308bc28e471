import type { z } from "zod";
import { explainForm, problemsOf } from "../../../infra/stack/problems.ts";

/** What a stack's author is told of this part of it: path and reason. */
export function told(schema: z.ZodType, written: unknown): readonly string[] {
  const decoded = schema.safeParse(written, { error: explainForm });
  return decoded.success ? [] : problemsOf(decoded.error).map(({ path, reason }) => `${path}: ${reason}`);
}
