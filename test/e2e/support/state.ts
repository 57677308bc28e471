// Pulumi's state of stack local, read from its file: also while a command works on it, and as plain text.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { GateRecord } from "../../../gate/index.ts";

const checkpoint = z.object({
  checkpoint: z.object({
    latest: z.object({
      resources: z.array(z.object({ type: z.string(), outputs: z.record(z.string(), z.unknown()).optional() })).default([]),
    }),
  }),
});

export const stateFileIn = (stateFolder: string): string => join(stateFolder, "pulumi", ".pulumi", "stacks", "sluice", "local.json");

/** The record that a service's gate left there. @throws Error when there is none */
export async function recordIn(stateFolder: string, service: string): Promise<GateRecord> {
  const { resources } = checkpoint.parse(JSON.parse(await readFile(stateFileIn(stateFolder), "utf8"))).checkpoint.latest;
  const gates = resources.filter(({ type }) => type.endsWith(":RolloutGate"));
  const record = gates.map(({ outputs }) => outputs?.record).find((found) => isRecordOf(service, found));
  if (record === undefined) throw new Error(`the state holds no record of ${service}`);
  return record;
}

function isRecordOf(service: string, found: unknown): found is GateRecord {
  return typeof found === "object" && found !== null && "service" in found && found.service === service;
}
