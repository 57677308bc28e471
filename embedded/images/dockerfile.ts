import { posix } from "node:path";
import { type Dockerfile, DockerfileParser, type Env, type From, type ImageTemplate, type Instruction } from "dockerfile-ast";
import { PlatformError } from "../errors.ts";
import type { ImageConfig } from "./types.ts";

/**
 * What the last stage of a Dockerfile says about running the image: ENTRYPOINT and CMD (both forms), ENV and WORKDIR, with ARG defaults
 * filled in. A last stage that is built on an earlier one takes over what that one says. What builds the files (RUN, COPY) and USER are
 * passed over: the app's own build script makes the files, and a process here runs as whoever started the platform.
 * @throws PlatformError with the line of an instruction that is not understood.
 */
export function readDockerfile(text: string): ImageConfig {
  const dockerfile = DockerfileParser.parse(text);
  const config: { entrypoint: string[]; command: string[]; env: Record<string, string>; workingDir: string } = {
    entrypoint: [],
    command: [],
    env: {},
    workingDir: "/",
  };
  for (const instruction of instructionsOfLastStage(dockerfile)) {
    if (instruction.getKeyword() === "ENTRYPOINT") {
      config.entrypoint = commandOf(instruction);
      config.command = []; // as in an image build: a new entry point forgets the arguments meant for the old one
    }
    if (instruction.getKeyword() === "CMD") config.command = commandOf(instruction);
    if (instruction.getKeyword() === "WORKDIR")
      config.workingDir = posix.resolve(config.workingDir, instruction.getArgumentsContent() ?? "");
    if (isEnv(instruction)) Object.assign(config.env, environmentOf(instruction, dockerfile, config.env));
  }
  if (config.entrypoint.length + config.command.length === 0)
    throw new PlatformError("Dockerfile: the last stage has neither CMD nor ENTRYPOINT, so there is nothing to run");
  return config;
}

function instructionsOfLastStage(dockerfile: Dockerfile): Instruction[] {
  const last = dockerfile.getFROMs().at(-1);
  if (last === undefined) throw new PlatformError("Dockerfile: no FROM, so there is no stage");
  return instructionsOf(last, dockerfile);
}

function instructionsOf(from: From, dockerfile: Dockerfile): Instruction[] {
  const stages = dockerfile.getFROMs();
  const base = stages.slice(0, stages.indexOf(from)).findLast((earlier) => earlier.getBuildStage() === from.getImage());
  const stage: ImageTemplate | null = dockerfile.getContainingImage(from.getRange().start);
  return [...(base === undefined ? [] : instructionsOf(base, dockerfile)), ...(stage?.getInstructions() ?? [])];
}

/** The exec form is a JSON array of strings; anything else is the shell form, which /bin/sh runs. */
function commandOf(instruction: Instruction): string[] {
  const text = instruction.getArgumentsContent() ?? "";
  if (text.trim() === "") throw problem(instruction, "says nothing to run");
  if (!text.trimStart().startsWith("[")) return ["/bin/sh", "-c", text];
  const words: unknown = parseJson(text);
  if (Array.isArray(words) && words.every((word) => typeof word === "string")) return words;
  throw problem(instruction, `${text} is not a JSON array of strings (double quotes, no comma at the end)`);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isEnv(instruction: Instruction): instruction is Env {
  return instruction.getKeyword() === "ENV";
}

function environmentOf(instruction: Env, dockerfile: Dockerfile, before: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    instruction.getProperties().map((property) => {
      const value = property.getValue() ?? "";
      const literal = property.getUnescapedValue()?.startsWith("'") ?? false; // single quotes keep a "$" as it is
      return [property.getName(), literal ? value : expand(value, instruction, dockerfile, before)];
    }),
  );
}

/** Fills in $NAME and ${NAME}: from ENV lines before this one, then from ARG defaults. */
function expand(value: string, instruction: Env, dockerfile: Dockerfile, before: Readonly<Record<string, string>>): string {
  const line = instruction.getRange().start.line;
  return value.replace(/\$(?:\{([^}]*)\}|([A-Za-z_]\w*))/g, (whole, braced: string | undefined, bare: string | undefined) => {
    const name = braced ?? bare ?? "";
    if (!/^[A-Za-z_]\w*$/.test(name)) throw problem(instruction, `${whole} is not understood: only $NAME and \${NAME} are`);
    const found = before[name] ?? dockerfile.resolveVariable(name, line);
    if (typeof found !== "string")
      throw problem(instruction, `${name} has no value: give its ARG a default, or set the variable with --env`);
    return found;
  });
}

function problem(instruction: Instruction, reason: string): PlatformError {
  return new PlatformError(`Dockerfile line ${instruction.getRange().start.line + 1}: ${instruction.getKeyword()} ${reason}`);
}
