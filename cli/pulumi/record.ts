// The gate's record out of Pulumi's state: also a failed update leaves it there, while stack outputs are not written then.
import { execFile } from "node:child_process";
import { join } from "node:path";
import { promisify } from "node:util";
import type { GateRecord } from "@sluice/gate";
import { z } from "zod";
import { paths } from "../paths.ts";
import { STACK } from "./run.ts";

const run = promisify(execFile);
const LONGEST_EXPORT_BYTES = 1 << 30;

const resource = z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() });
const exported = z.object({ deployment: z.object({ resources: z.array(resource).optional() }) });

type Resource = z.infer<typeof resource>;

/** The record of a service's last rollout, or undefined when it has none. */
export async function recordOf(service: string, environment: Readonly<Record<string, string>>): Promise<GateRecord | undefined> {
  const gates = (await resourcesOf(environment)).filter(({ type }) => type.endsWith(":RolloutGate"));
  const records = gates.map(({ outputs }) => outputs?.record);
  return records.find((record): record is GateRecord => isRecordOf(service, record));
}

/** What Pulumi's state holds of stack local. */
export async function resourcesOf(environment: Readonly<Record<string, string>>): Promise<readonly Resource[]> {
  const { stdout } = await run(join(paths.bin, "pulumi"), ["stack", "export", "--stack", STACK.name], {
    cwd: paths.checkout,
    env: { ...process.env, ...environment },
    maxBuffer: LONGEST_EXPORT_BYTES,
  });
  return exported.parse(JSON.parse(stdout)).deployment.resources ?? [];
}

function isRecordOf(service: string, record: unknown): record is GateRecord {
  return typeof record === "object" && record !== null && "service" in record && record.service === service;
}
