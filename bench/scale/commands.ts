// The commands that are measured, on stacks of one size.
import { join } from "node:path";
import { paths } from "../../cli/paths.ts";
import { localStack, pulumiEnvironment, resetLocalStack, selectLocalStack } from "../../cli/pulumi/index.ts";
import { up } from "../../embedded/platform/index.ts";
import { seconds } from "../benchmark.ts";
import { type Role, type Usage, usageDuring } from "../processes.ts";
import { succeeding } from "../succeeding.ts";
import { bareProject } from "./bare.ts";
import { writeStack } from "./generated.ts";

const quiet = () => undefined;

export interface Measured {
  readonly command: string;
  readonly resources: number;
  readonly seconds: number;
  readonly usage: Readonly<Record<Role, Usage>>;
}

export interface Size {
  readonly services: number;
  /** Whether `up` writes the state at its end only. A file backend otherwise writes all of it after every step: an hour for 500 services. */
  readonly savedOnce: boolean;
}

/** Measures every command once on a new platform, and tells each as it is done. */
export async function measureCommands({ services, savedOnce }: Size, tell: (measured: Measured) => void): Promise<readonly Measured[]> {
  const environment = await pulumiEnvironment(quiet);
  await up({ stateDir: paths.platform, images: paths.images, detached: false, onProgress: quiet });
  const done: Measured[] = [];
  const measure = async (command: string, run: () => Promise<string>): Promise<Measured> => {
    let output = "";
    let took = 0;
    const usage = await usageDuring(async () => {
      took = await seconds(async () => {
        output = await run();
      });
    });
    const measured = { command, resources: resourcesIn(output), seconds: took, usage };
    done.push(measured);
    tell(measured);
    return measured;
  };
  try {
    await selectLocalStack(environment);
    const configFile = join(paths.backend, "scale.yaml");
    const stack = localStack({ environment, configFile, onGateLine: quiet });
    await writeStack(configFile, services, "judged", paths.platform);
    await measure("preview, new, judged", () => succeeding(stack.preview));
    await writeStack(configFile, services, "direct", paths.platform);
    const { resources } = await measure("preview, new", () => succeeding(stack.preview));
    const bare = await bareProject(join(paths.backend, "bare"), environment);
    // One of the resources is the stack itself.
    await measure("preview, new, bare", () => bare.preview(resources - 1));
    if (savedOnce) {
      const saving = { ...environment, PULUMI_SKIP_CHECKPOINTS: "true" };
      await measure("up, new, state saved once", () => succeeding(localStack({ environment: saving, configFile, onGateLine: quiet }).up));
    } else {
      await measure("up, new", () => succeeding(stack.up));
    }
    await measure("preview, unchanged", () => succeeding(stack.preview));
    return done;
  } finally {
    await resetLocalStack();
  }
}

/** Of what a command prints at its end: "    + 122 to create", "    + 122 created", "    122 unchanged". */
export function resourcesIn(output: string): number {
  const counts = [...output.matchAll(/^ +(?:\+ )?(\d+) (?:to create|created|unchanged)$/gm)];
  return counts.reduce((sum, [, count]) => sum + Number(count), 0);
}
