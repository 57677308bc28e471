import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { z } from "zod";
import type { Benchmark } from "./benchmark.ts";
import { median, spread } from "./statistics.ts";

const run = promisify(execFile);
const STACKS = join(import.meta.dirname, "../stacks");
const DEADLINE_MS = 120_000;

const Figures = z.object({ loadSeconds: z.number(), programSeconds: z.number(), resources: z.number(), memoryMiB: z.number() });

type Figures = z.output<typeof Figures>;

/** What the program of each stack costs by itself, without Pulumi's engine, providers and clouds. */
export const stackPrograms: Benchmark = {
  title: "The program of each stack",
  how: [
    "Each stack's whole program in a process of its own, against a mocked engine: what it takes to load it, and then to describe every resource.",
    "Stack local is measured with a real engine, above.",
  ].join(" "),
  head: ["stack", "resources", "seconds to load", "seconds to describe", "memory, MiB"],
  async run({ runs, say }) {
    const rows = [];
    for (const stack of stacks()) {
      const figures: Figures[] = [];
      for (let turn = 1; turn <= runs; turn++) figures.push(await once(stack));
      const middle = (figure: (one: Figures) => number) => median(figures.map(figure));
      say(`${stack}: ${middle(({ programSeconds }) => programSeconds).toFixed(1)} s`);
      const loads = spread(figures.map(({ loadSeconds }) => loadSeconds));
      const programs = spread(figures.map(({ programSeconds }) => programSeconds));
      rows.push([stack, middle(({ resources }) => resources), loads, programs, Math.round(middle(({ memoryMiB }) => memoryMiB))]);
    }
    return rows;
  },
};

function stacks(): readonly string[] {
  const names = readdirSync(STACKS).flatMap((file) => /^Pulumi\.(.+)\.yaml$/.exec(file)?.[1] ?? []);
  return names.filter((name) => name !== "local");
}

async function once(stack: string): Promise<Figures> {
  const program = join(import.meta.dirname, "describe/main.ts");
  const { stdout } = await run(process.execPath, [program, join(STACKS, `Pulumi.${stack}.yaml`), stack], { timeout: DEADLINE_MS });
  return Figures.parse(JSON.parse(stdout));
}
