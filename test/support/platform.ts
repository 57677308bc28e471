import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { down, type PartName, type PlatformState, up } from "../../embedded/platform/index.ts";

export interface StartOptions {
  /** What the test needs; what these need comes along. */
  readonly parts: readonly PartName[];
  /** The node's image store. @default an empty one of the platform's own */
  readonly images?: string;
}

/** A state directory of the test's own; what runs there ends with the test. */
export async function freshStateDir(t: TestContext): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), "sluice-"));
  const stateDir = join(directory, "local");
  t.after(async () => {
    await down(stateDir);
    await rm(directory, { recursive: true, force: true });
  });
  return stateDir;
}

/** A platform of the test's own in a fresh directory. It ends with the test, and also when the test's process is killed. */
export async function startPlatform(t: TestContext, options: StartOptions): Promise<PlatformState> {
  return up({ ...options, stateDir: await freshStateDir(t), detached: false, durable: false, onProgress: (line) => t.diagnostic(line) });
}
