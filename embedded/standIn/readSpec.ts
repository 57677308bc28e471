import type { z } from "zod";
import { isRecord } from "../kube/index.ts";
import type { Report } from "./problems.ts";

const UNSUPPORTED = "the embedded platform does not do this and leaves it out";

/**
 * Reads a spec by a strict schema. Fields the schema does not know are reported and left out; any other fault is reported and
 * gives undefined, so the object is left out as a whole.
 */
export function readSpec<T>(schema: z.ZodType<T>, spec: unknown, report: Report): T | undefined {
  const first = schema.safeParse(spec);
  if (first.success) return first.data;
  const rest = structuredClone(spec);
  for (const issue of first.error.issues) {
    if (issue.code !== "unrecognized_keys") continue;
    for (const key of issue.keys) {
      report(fieldPath([...issue.path, key]), UNSUPPORTED);
      remove(rest, issue.path, key);
    }
  }
  const second = schema.safeParse(rest);
  if (second.success) return second.data;
  for (const issue of second.error.issues) report(fieldPath(issue.path), issue.message);
  return undefined;
}

/** ["http", 0, "fault"] -> "spec.http[0].fault" */
function fieldPath(path: readonly PropertyKey[]): string {
  return path.reduce<string>((text, key) => (typeof key === "number" ? `${text}[${key}]` : `${text}.${String(key)}`), "spec");
}

function remove(root: unknown, path: readonly PropertyKey[], key: string): void {
  const parent = path.reduce<unknown>(inner, root);
  if (isRecord(parent)) delete parent[key];
}

function inner(value: unknown, step: PropertyKey): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  return isRecord(value) ? value[String(step)] : undefined;
}
