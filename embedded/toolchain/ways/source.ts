// A text file out of a source repository: downloaded from there, or taken out of the Go module that holds the same file.
import fs from "node:fs";
import path from "node:path";
import { z } from "zod";
import type { Origin } from "../cache.ts";
import { downloadFile } from "../download.ts";
import { runProgram } from "../program.ts";
import { assertSum } from "../sums.ts";
import type { Surroundings } from "../surroundings.ts";
import type { SourceFile } from "../tool.ts";
import { assertGo, goEnvironment } from "./goBuild.ts";

export async function sourceFromRelease(source: SourceFile, file: string, surroundings: Surroundings): Promise<Origin> {
  await downloadFile(source.url, file, source.sha256, surroundings);
  return { way: "downloaded", from: source.url, checksum: "pinned checksum" };
}

export async function sourceFromModule(source: SourceFile, file: string, surroundings: Surroundings): Promise<Origin> {
  await assertGo(surroundings);
  const module = `${source.module}@${source.moduleVersion}`;
  const { stdout } = await runProgram("go", ["mod", "download", "-json", module], {
    // A folder without a go.mod: the module is asked for by version, and the file is checked below.
    cwd: path.dirname(file),
    env: goEnvironment(surroundings.env),
    seconds: surroundings.deadlines.sources,
  });
  const { Dir } = z.object({ Dir: z.string() }).parse(JSON.parse(stdout));
  const content = fs.readFileSync(path.join(Dir, source.path));
  assertSum(content, source.sha256, `${source.path} of ${module}`);
  fs.writeFileSync(file, content);
  return { way: "module", from: module, checksum: "pinned checksum" };
}
