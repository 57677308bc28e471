import type { Plan } from "../supervisor/index.ts";
import type { ToolName } from "../toolchain/index.ts";
import { PART_NAMES, type PartName } from "./names.ts";
import { PARTS, type PartContext } from "./parts.ts";

/** The parts asked for and, with them, all that they need and all that follows them; in the order of the table. */
export function withNeeds(asked: readonly PartName[]): readonly PartName[] {
  const all = new Set<PartName>();
  const add = (name: PartName): void => {
    if (all.has(name)) return;
    all.add(name);
    const { needs, followedBy = [] } = PARTS[name];
    for (const other of [...needs, ...followedBy]) add(other);
  };
  for (const name of asked) add(name);
  return PART_NAMES.filter((name) => all.has(name));
}

/** The programs that some parts are or use. */
export function toolsOf(parts: readonly PartName[]): readonly ToolName[] {
  return parts.flatMap((name) => [...(PARTS[name].tool === undefined ? [] : [PARTS[name].tool]), ...(PARTS[name].uses ?? [])]);
}

/** What the supervisor is told to run. */
export function planOf(
  id: string,
  directory: string,
  parts: readonly PartName[],
  tools: Readonly<Partial<Record<ToolName, string>>>,
  context: PartContext,
): Plan {
  return {
    id,
    directory,
    logs: context.paths.logs,
    statusFile: context.paths.status,
    parts: parts.map((name) => {
      const { tool, args, env, probe, needs, readySeconds = 60, stopSeconds = 10, startsOthers = false } = PARTS[name];
      const command = tool === undefined ? process.execPath : tools[tool];
      if (command === undefined) throw new Error(`no program for ${name}`);
      return {
        name,
        command,
        args: [...args(context)],
        env: { ...env?.(context) },
        needs: [...needs],
        probe: probe(context),
        readySeconds,
        stopSeconds,
        startsOthers,
      };
    }),
  };
}

/** The files that have to be there before the parts start: path and content. */
export function filesOf(parts: readonly PartName[], context: PartContext): Readonly<Record<string, string>> {
  return Object.assign({}, ...parts.map((name) => PARTS[name].files?.(context)));
}
