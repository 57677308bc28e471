import { readdir, rm, stat } from "node:fs/promises";
import { join } from "node:path";
import { capLog } from "../logFiles.ts";
import { parsePodFolder, podsFolder } from "./folders.ts";

/** Logs of pods that are gone are kept for as many pods as this, the newest: they say why a rollout was rolled back. */
const KEPT = 100;
/** As a kubelet: a log is cut when it is longer than this. */
const LONGEST_LOG_BYTES = 10 * 1024 * 1024;

/** Cuts logs that are too long and removes the oldest folders of pods that are gone. @param present uids of the pods that are there. */
export async function keepHouse(dir: string, present: ReadonlySet<string>): Promise<void> {
  const folders = await readdir(podsFolder(dir)).catch(() => []);
  const gone = folders.filter((name) => !present.has(parsePodFolder(name)?.uid ?? ""));
  const aged = await Promise.all(gone.map(async (name) => ({ name, at: (await stat(join(podsFolder(dir), name))).mtimeMs })));
  for (const { name } of aged.sort((a, b) => b.at - a.at).slice(KEPT))
    await rm(join(podsFolder(dir), name), { recursive: true, force: true });

  for (const folder of folders.filter((name) => !gone.includes(name)))
    for (const file of await readdir(join(podsFolder(dir), folder), { recursive: true }))
      if (/^[^/]+\/\d+\.log$/.test(file)) capLog(join(podsFolder(dir), folder, file), LONGEST_LOG_BYTES);
}
