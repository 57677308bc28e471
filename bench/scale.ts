import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { stringify } from "yaml";
import { tearDown } from "../cli/demo/stage.ts";
import { paths } from "../cli/paths.ts";
import { type LocalStack, localStack, pulumiEnvironment, selectLocalStack } from "../cli/pulumi/index.ts";
import { up } from "../embedded/platform/index.ts";
import { type Benchmark, seconds } from "./benchmark.ts";
import { peakMemoryMiB } from "./memory.ts";
import { spread } from "./statistics.ts";

const SIZES = [10, 100, 500];
const quiet = () => undefined;

/** How preview and up grow with the number of services. */
export const scale: Benchmark = {
  title: "Many services",
  how: "A generated stack of services that are not judged (`strategy: direct`), whose images need no process. Preview: of the empty stack, then of the deployed one. Memory: the most that Pulumi and all its processes held together.",
  head: ["services", "resources", "first preview, s", "up, s", "preview without changes, s", "ms a resource", "memory, MiB"],
  async run({ runs, say }) {
    const rows = [];
    for (const services of SIZES) {
      const measured: Measured[] = [];
      for (let run = 1; run <= runs; run++) {
        measured.push(await measure(services));
        say(`${services} services, run ${run} of ${runs}: ${JSON.stringify(measured.at(-1))}`);
      }
      const of = (figure: keyof Measured, digits = 1) =>
        spread(
          measured.map((m) => m[figure]),
          digits,
        );
      rows.push([services, of("resources", 0), of("firstPreview"), of("up"), of("preview"), of("millisecondsAResource"), of("memory", 0)]);
    }
    return rows;
  },
};

interface Measured {
  readonly resources: number;
  readonly firstPreview: number;
  readonly up: number;
  readonly preview: number;
  /** Of the first preview. */
  readonly millisecondsAResource: number;
  readonly memory: number;
}

async function measure(services: number): Promise<Measured> {
  const environment = await pulumiEnvironment(quiet);
  await up({ stateDir: paths.platform, images: paths.images, onProgress: quiet });
  await selectLocalStack(environment);
  try {
    const stack = localStack({ environment, configFile: await stackFile(services), onGateLine: quiet });
    let firstPreview = 0;
    const memory = await peakMemoryMiB(async () => {
      firstPreview = await seconds(() => must(stack.preview()));
    });
    const upSeconds = await seconds(() => must(stack.up()));
    const preview = await seconds(() => must(stack.preview()));
    const resources = await stack.resourceCount();
    return { resources, firstPreview, up: upSeconds, preview, millisecondsAResource: (1000 * firstPreview) / resources, memory };
  } finally {
    await tearDown();
  }
}

async function stackFile(services: number): Promise<string> {
  const file = join(paths.backend, "scale.yaml");
  const one = { image: "registry.k8s.io/pause", tag: "3.10", replicas: 1, rollout: { strategy: "direct" } };
  const names = Array.from({ length: services }, (_, i) => `service-${i + 1}`);
  await mkdir(paths.backend, { recursive: true });
  await writeFile(
    file,
    stringify({
      config: {
        "sluice:cluster": { kind: "embedded", stateDir: paths.platform },
        "sluice:services": Object.fromEntries(names.map((name) => [name, one])),
      },
    }),
  );
  return file;
}

async function must(result: ReturnType<LocalStack["up"]>): Promise<void> {
  const { succeeded, output } = await result;
  if (!succeeded) throw new Error(`pulumi failed:\n${output}`);
}
