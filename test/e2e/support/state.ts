// Pulumi's state of stack local, read from its file: also while a command works on it, and as plain text.
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { GateRecord } from "../../../gate/index.ts";

const checkpoint = z.object({ checkpoint: z.object({ latest: z.object({ resources: z.array(z.unknown()).default([]) }) }) });
const gate = z.object({ type: z.string().endsWith(":RolloutGate"), outputs: z.object({ record: z.unknown() }) });

export const stateFileIn = (stateFolder: string): string => join(stateFolder, "pulumi", ".pulumi", "stacks", "sluice", "local.json");

/** Every resource that Pulumi knows of, without its secrets: those are encrypted anew, to another text, whenever the file is written. */
export async function resourcesIn(stateFolder: string): Promise<readonly unknown[]> {
  const withoutSecrets = (key: string, value: unknown) => (key === "ciphertext" ? undefined : value);
  const state: unknown = JSON.parse(await readFile(stateFileIn(stateFolder), "utf8"), withoutSecrets);
  return checkpoint.parse(state).checkpoint.latest.resources;
}

/** The record that a service's gate left there. @throws Error when there is none */
export async function recordIn(stateFolder: string, service: string): Promise<GateRecord> {
  const records = (await resourcesIn(stateFolder)).map((resource) => gate.safeParse(resource).data?.outputs.record);
  const record = records.find((found) => isRecordOf(service, found));
  if (record === undefined) throw new Error(`the state holds no record of ${service}`);
  return record;
}

function isRecordOf(service: string, found: unknown): found is GateRecord {
  return typeof found === "object" && found !== null && "service" in found && found.service === service;
}
