import { existsSync } from "node:fs";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { writeWhole } from "../wholeFile.ts";
import { envoyBootstrap } from "./bootstrap.ts";
import { type EnvoyFlags, resourcesDir } from "./flags.ts";
import type { JsonObject } from "./json.ts";
import { translate } from "./translate.ts";

const EMPTY = { pods: [], services: [], virtualServices: [], destinationRules: [] };

/**
 * Makes everything Envoy needs to start: bootstrap.yaml anew, and resources without any host where there are none yet. Resources of an
 * earlier run stay, so that an Envoy that is restarted serves at once what it served before.
 */
export async function prepareEnvoy(flags: EnvoyFlags): Promise<void> {
  await mkdir(resourcesDir(flags.dir), { recursive: true });
  writeWhole(join(flags.dir, "bootstrap.yaml"), envoyBootstrap(flags));
  for (const [file, content] of translate(EMPTY).files) {
    const path = join(resourcesDir(flags.dir), file);
    if (!existsSync(path)) writeWhole(path, render(content));
  }
}

/** Writes resources where Envoy watches for them. */
export interface ResourceWriter {
  /** Writes the files whose content is not what was written last, in the given order, each whole; gives their names. */
  write(files: ReadonlyMap<string, JsonObject>): readonly string[];
}

export function resourceWriter(dir: string): ResourceWriter {
  const written = new Map<string, string>();
  return {
    write(files) {
      const changed: string[] = [];
      for (const [file, content] of files) {
        const text = render(content);
        if (written.get(file) === text) continue;
        // Envoy watches the folder for renames.
        writeWhole(join(resourcesDir(dir), file), text, { halfIn: dir });
        written.set(file, text);
        changed.push(file);
      }
      return changed;
    },
  };
}

function render(content: JsonObject): string {
  return JSON.stringify(content);
}
