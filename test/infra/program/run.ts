// The whole program of a stack, without an engine and without a cloud.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type * as pulumi from "@pulumi/pulumi";
import { parse } from "yaml";
import { program } from "../../../infra/program.ts";
import { type Recording, recordResources } from "../../support/mocks.ts";

/** A stack that is run whole. */
export interface StackFile {
  readonly name: string;
  readonly file: string;
}

/** The project's own stacks, and those of more/, which choose what they do not. Adding a file adds a case. */
export const STACKS: readonly StackFile[] = [...filesIn("../../../stacks", /^Pulumi\.(.+)\.yaml$/), ...filesIn("more", /^(.+)\.yaml$/)];

function filesIn(folder: string, form: RegExp): readonly StackFile[] {
  const path = join(import.meta.dirname, folder);
  return readdirSync(path).flatMap((file) => {
    const name = form.exec(file)?.[1];
    return name === undefined ? [] : [{ name, file: join(path, file) }];
  });
}

/** What a stack file asks for. */
export async function runStack({ name, file }: StackFile): Promise<Recording> {
  const platform = platformState();
  try {
    const { config } = parse(readFileSync(file, "utf8"));
    const own = name === "local" ? { ...config, "sluice:cluster": { kind: "embedded", stateDir: platform } } : config;
    return await recordResources(program, { stack: name, config: texts(own), outputsOf, answerOf: (call) => answerOf(config, call) });
  } finally {
    rmSync(platform, { recursive: true });
  }
}

/** Config as Pulumi hands it to a program. */
function texts(config: Readonly<Record<string, unknown>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(config).map(([key, value]) => [key, typeof value === "string" ? value : JSON.stringify(value)]));
}

/** Outputs that other resources are made of. */
function outputsOf({ type, name, inputs }: pulumi.runtime.MockResourceArgs): pulumi.Inputs {
  const arn = `arn:aws:${type.split(":")[1]}::${name}`;
  if (type === "aws:eks/cluster:Cluster") return { arn, endpoint: `https://${name}.eks.example`, certificateAuthority: { data: "Q0E=" } };
  if (type.endsWith(":RolloutGate")) return { record: { image: inputs.image, verdict: "promoted", evidence: { looks: [] } } };
  return { arn, stdout: "apiVersion: v1" };
}

/** Whose credentials these are: those of the account that the stack states. */
function answerOf(config: Readonly<Record<string, { readonly account?: string }>>, { token }: pulumi.runtime.MockCallArgs): pulumi.Inputs {
  return token === "aws:index/getCallerIdentity:getCallerIdentity"
    ? { accountId: config["sluice:aws"]?.account, arn: "arn:aws:iam::test" }
    : {};
}

/** What a running embedded platform leaves for the program. */
function platformState(): string {
  const folder = mkdtempSync(join(tmpdir(), "sluice-state-"));
  const state = {
    id: "0123456789ab",
    kubeconfig: join(folder, "kubeconfig"),
    prometheusUrl: "http://127.0.0.1:9090",
    gatewayUrl: "http://127.0.0.1:8080",
  };
  writeFileSync(join(folder, "kubeconfig"), "kind: Config");
  writeFileSync(join(folder, "platform.json"), JSON.stringify(state));
  return folder;
}
