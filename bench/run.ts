// `npm run bench [-- NAME...] [--runs N] [--write]`: measures and prints tables; --write puts them into docs/benchmarks.md.
import { rmSync } from "node:fs";
import { mkdtemp, readFile, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Command, InvalidArgumentError } from "commander";
import { withEnd } from "../cli/ending.ts";
import { markdown } from "./benchmark.ts";
import { machine } from "./machine.ts";

const PAGE = fileURLToPath(new URL("../docs/benchmarks.md", import.meta.url));

// State of its own, so that a platform that is running is not disturbed. Set before anything reads it.
const state = await mkdtemp(join(tmpdir(), "sluice-bench-"));
process.env.SLUICE_STATE = state;
process.once("exit", () => rmSync(state, { recursive: true, force: true }));
const { BENCHMARKS } = await import("./index.ts");
const { interruptPulumi, resetLocalStack } = await import("../cli/pulumi/index.ts");

const { args, runs, write } = options();
try {
  await withEnd(measure, async () => {
    await interruptPulumi();
    await resetLocalStack();
  });
} catch (error) {
  console.error(error instanceof InvalidArgumentError ? `error: ${error.message}` : error);
  process.exitCode = 1;
}

async function measure(): Promise<void> {
  for (const name of args.length > 0 ? args : Object.keys(BENCHMARKS)) {
    const benchmark = BENCHMARKS[name];
    if (benchmark === undefined)
      throw new InvalidArgumentError(`there is no benchmark "${name}"; there are: ${Object.keys(BENCHMARKS).join(", ")}`);
    const how = { runs: Math.min(runs, benchmark.mostRuns ?? runs), say: (line: string) => console.error(line) };
    const section = `${markdown(benchmark, await benchmark.run(how), how)}\n\nMeasured ${new Date().toISOString().slice(0, 10)} on ${machine()}.`;
    console.log(`${section}\n`);
    if (write) await replaceSection(name, section);
  }
}

function options(): { args: readonly string[]; runs: number; write: boolean } {
  const command = new Command("bench")
    .argument("[name...]", `which: ${Object.keys(BENCHMARKS).join(", ")}; all without a name`)
    .option("--runs <n>", "how often each figure is measured", wholeNumber, 5)
    .option("--write", "put the tables into docs/benchmarks.md", false)
    .parse();
  const { runs, write } = command.opts<{ runs: number; write: boolean }>();
  return { args: command.args, runs, write };
}

function wholeNumber(text: string): number {
  const value = Number(text);
  if (!Number.isInteger(value) || value < 1) throw new InvalidArgumentError("It must be a whole number of at least 1.");
  return value;
}

/** A section of the page stands between two marks with the benchmark's name. */
async function replaceSection(name: string, section: string): Promise<void> {
  const page = await readFile(PAGE, "utf8");
  const [begin, end] = [`<!-- ${name} -->`, `<!-- end of ${name} -->`];
  const [before, rest] = page.split(begin);
  const after = rest?.split(end)[1];
  if (before === undefined || after === undefined) throw new Error(`${PAGE} has no place for ${name}: it needs ${begin} and ${end}`);
  await writeFile(PAGE, `${before}${begin}\n${section}\n${end}${after}`);
}
