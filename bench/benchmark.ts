// What a benchmark is: it measures, says how it goes, and ends in rows of a table.

export interface Benchmark {
  readonly title: string;
  /** What was done to get the figures, in a sentence or two. */
  readonly how: string;
  readonly head: readonly string[];
  /** Where more would take too long. @default as many as are asked for */
  readonly mostRuns?: number;
  run(options: RunOptions): Promise<readonly (readonly (string | number)[])[]>;
}

export interface RunOptions {
  /** How often each figure is measured. */
  readonly runs: number;
  readonly say: (line: string) => void;
}

/** A section of docs/benchmarks.md. */
export function markdown({ title, how, head }: Benchmark, rows: readonly (readonly (string | number)[])[], options: RunOptions): string {
  const line = (cells: readonly (string | number)[]) => `| ${cells.join(" | ")} |`;
  return [
    `## ${title}`,
    "",
    options.runs === 1 ? how : `${how} ${options.runs} runs each: smallest / median / largest.`,
    "",
    line(head),
    line(head.map(() => "---")),
    ...rows.map(line),
  ].join("\n");
}

/** Seconds that something takes. */
export async function seconds(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now();
  await work();
  return (performance.now() - began) / 1000;
}
