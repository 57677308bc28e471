// docs/reference/commands.md: every command of `sluice`, out of the definitions that parse it.
import { readdirSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { Command } from "commander";
import { paths } from "../../cli/paths.ts";
import { code, table } from "./markdown.ts";

const folder = join(import.meta.dirname, "../../cli/commands");
const state = dirname(paths.platform);

const intro = `# Reference: the commands

\`npx sluice ...\`, in the checkout. A default in \`.sluice\` lies in the folder of that name in the checkout, or in the one that SLUICE_STATE names.`;

/** Every command of `sluice`: cli/commands holds a file each, which exports a function of the file's name, as demo.ts does `demoCommand`. */
export async function commands(): Promise<readonly Command[]> {
  const modules = readdirSync(folder).map(async (file) => {
    const exported: Readonly<Record<string, unknown>> = await import(join(folder, file));
    const make = exported[`${basename(file, ".ts")}Command`];
    return typeof make === "function" ? make() : undefined;
  });
  const made: readonly unknown[] = await Promise.all(modules);
  return made.filter((value) => value instanceof Command).sort((a, b) => a.name().localeCompare(b.name()));
}

/** The page: a section a command, those that a command is made of below it. */
export function commandsPage(commands: readonly Command[]): string {
  return `${[intro, ...commands.flatMap((command) => sections(command, `sluice ${command.name()}`, "##"))].join("\n\n")}\n`;
}

function sections(command: Command, path: string, level: string): readonly string[] {
  const parts = command.commands.flatMap((part) => sections(part, `${path} ${part.name()}`, `${level}#`));
  const own = parts.length > 0 ? [] : [`    ${path} ${command.usage()}`, ...values(command)];
  return [`${level} ${path}`, sentence(command.description()), ...own, ...parts];
}

/** The table of a command's arguments and options, where it has any that are worth a word. */
function values(command: Command): readonly string[] {
  const help = command.createHelp();
  const given = command.registeredArguments.filter(({ description }) => description !== "");
  const rows = [
    ...given.map((value) => [code(help.argumentTerm(value)), fallback(value.required, value.defaultValue), sentence(value.description)]),
    ...command.options.map((value) => [code(value.flags), fallback(value.mandatory, value.defaultValue), sentence(value.description)]),
  ];
  return rows.length === 0 ? [] : [table(["argument or option", "default", "what it is for"], rows)];
}

/** What a value is when it is not given, the same on every machine. */
function fallback(required: boolean, value: unknown): string {
  if (required) return "*required*";
  if (typeof value === "string") return code(value.startsWith(`${state}/`) ? join(".sluice", relative(state, value)) : value);
  return typeof value === "number" ? code(String(value)) : "";
}

/** Commander's texts begin with a small letter and have no full stop. */
function sentence(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}.`;
}
