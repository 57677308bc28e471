import { mkdir, rename, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { hasCode } from "../errors.ts";
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
  await writeFile(join(flags.dir, "bootstrap.yaml"), envoyBootstrap(flags));
  for (const [file, content] of translate(EMPTY).files) await writeNew(join(resourcesDir(flags.dir), file), render(content));
}

/** Writes resources where Envoy watches for them. */
export interface ResourceWriter {
  /** Writes the files whose content is not what was written last, in the given order, each whole; gives their names. */
  write(files: ReadonlyMap<string, JsonObject>): Promise<readonly string[]>;
}

export function resourceWriter(dir: string): ResourceWriter {
  const written = new Map<string, string>();
  return {
    async write(files) {
      const changed: string[] = [];
      for (const [file, content] of files) {
        const text = render(content);
        if (written.get(file) === text) continue;
        // Envoy watches the folder for renames, so the half-written file lies elsewhere.
        const half = join(dir, `${file}.tmp`);
        await writeFile(half, text);
        await rename(half, join(resourcesDir(dir), file));
        written.set(file, text);
        changed.push(file);
      }
      return changed;
    },
  };
}

async function writeNew(path: string, text: string): Promise<void> {
  await writeFile(path, text, { flag: "wx" }).catch((error: unknown) => {
    if (!hasCode(error, "EEXIST")) throw error;
  });
}

function render(content: JsonObject): string {
  return JSON.stringify(content);
}
