// Way 1: a program on the PATH, if it is exactly the pinned version.
import fs from "node:fs";
import path from "node:path";
import { runProgram } from "../program.ts";
import type { Surroundings } from "../surroundings.ts";
import type { Tool } from "../tool.ts";

const ANSWER_SECONDS = 5;

/** The tool's file on the PATH. Rejects with the reason when there is none or its version is another. */
export async function onPath(tool: Tool, surroundings: Surroundings): Promise<string> {
  const file = which(tool.name, surroundings.env.PATH ?? "");
  if (file === undefined) throw new Error("not found");
  const found = await versionOf(tool, file, surroundings);
  if (found !== tool.version) throw new Error(`${file} is ${found ?? "of unknown version"}, not ${tool.version}`);
  return file;
}

async function versionOf(tool: Tool, file: string, surroundings: Surroundings): Promise<string | undefined> {
  const { asks } = tool;
  if ("beside" in asks) {
    const sibling = surroundings.tools.find(({ name }) => name === asks.beside);
    const siblingFile = path.join(path.dirname(file), asks.beside);
    return sibling && fs.existsSync(siblingFile) ? versionOf(sibling, siblingFile, surroundings) : undefined;
  }
  try {
    const { all } = await runProgram(file, asks.args, { seconds: ANSWER_SECONDS, env: surroundings.env });
    return asks.answer.exec(all)?.[1];
  } catch {
    return undefined;
  }
}

function which(name: string, searchPath: string): string | undefined {
  const candidates = searchPath.split(path.delimiter).filter(Boolean);
  return candidates.map((folder) => path.join(folder, name)).find(isExecutable);
}

function isExecutable(file: string): boolean {
  try {
    fs.accessSync(file, fs.constants.X_OK);
    return fs.statSync(file).isFile();
  } catch {
    return false;
  }
}
