import type { Benchmark } from "./benchmark.ts";
import type { Role, Usage } from "./processes.ts";
import { type Measured, measureCommands } from "./scale/commands.ts";
import { median, spread } from "./statistics.ts";

/** The largest stack is for how things grow, which one run tells. */
const SIZES = [
  { services: 10, savedOnce: false, onlyOnce: false },
  { services: 100, savedOnce: false, onlyOnce: false },
  { services: 500, savedOnce: true, onlyOnce: true },
];

/** How preview and up grow with the number of services. */
export const scale: Benchmark = {
  title: "Many services",
  how: [
    "A generated stack of services whose images need no process, let in unjudged (`strategy: direct`); `judged` adds a plan and a gate to each service.",
    "`bare` is Pulumi itself: a preview of as many resources with nothing in them. Processor time and memory (peaks) are those of Pulumi's engine, of the",
    "program that describes the stack, and of the providers: Kubernetes' and, judged, the gates'. What each further resource takes is told against the size",
    "before. 500 services: one run, whose `up` writes the state once at its end (PULUMI_SKIP_CHECKPOINTS): Pulumi's file backend writes the whole state",
    "after every step, which grows with the square of the resources.",
  ].join(" "),
  head: [
    "services",
    "command",
    "resources",
    "seconds",
    "ms a resource",
    "ms each further",
    "processor ms a resource: engine",
    "program",
    "providers",
    "memory, MiB: engine",
    "program",
    "providers",
  ],
  async run({ runs, say }) {
    const rows = [];
    let smaller: ReadonlyMap<string, readonly Measured[]> = new Map();
    for (const size of SIZES) {
      const measured: Measured[] = [];
      const times = size.onlyOnce ? 1 : runs;
      for (let run = 1; run <= times; run++) {
        const tell = (m: Measured) => say(`${size.services} services, run ${run} of ${times}: ${m.command}: ${m.seconds.toFixed(1)} s`);
        measured.push(...(await measureCommands(size, tell)));
      }
      const commands = Map.groupBy(measured, ({ command }) => command);
      for (const [command, of] of commands) rows.push([size.services, command, ...figures(of, smaller.get(command))]);
      smaller = commands;
    }
    return rows;
  },
};

/** A row behind services and command. @param smaller the same command on the next smaller stack */
function figures(measured: readonly Measured[], smaller: readonly Measured[] | undefined): readonly (string | number)[] {
  const middle = (figure: (m: Measured) => number, of = measured) => median(of.map(figure));
  const resources = middle((m) => m.resources);
  const milliseconds = (of = measured) => 1000 * middle((m) => m.seconds, of);
  const further =
    smaller === undefined ? "-" : ((milliseconds() - milliseconds(smaller)) / (resources - middle((m) => m.resources, smaller))).toFixed(1);
  const ofRoles = (figure: (usage: Usage) => number, digits: number) =>
    (["engine", "program", "providers"] satisfies Role[]).map((role) => middle(({ usage }) => figure(usage[role])).toFixed(digits));
  return [
    resources,
    spread(measured.map((m) => m.seconds)),
    (milliseconds() / resources).toFixed(1),
    further,
    ...ofRoles((usage) => (1000 * usage.processorSeconds) / resources, 1),
    ...ofRoles((usage) => usage.memoryMiB, 0),
  ];
}
