import { writeFile } from "node:fs/promises";
import { Argument, Command, InvalidArgumentError } from "commander";
import { BOARD_NAMES, type BoardName, boards } from "../../dashboards/index.ts";
import { readState } from "../../embedded/platform/index.ts";
import { CommandError } from "../errors.ts";
import { paths } from "../paths.ts";

interface Flags {
  readonly png?: string;
  readonly prometheus?: string;
  readonly last?: string;
  readonly until?: number;
  readonly var: Readonly<Record<string, string>>;
}

/** `sluice board NAME`: a board as Grafana imports it, or, with --png, a picture of it. */
export function boardCommand(): Command {
  return new Command("board")
    .description("print a Grafana board as JSON, or draw it from what Prometheus has")
    .addArgument(new Argument("<name>", "the board").choices(BOARD_NAMES))
    .option("--png <file>", "draw it into this file; Grafana is not needed")
    .option("--prometheus <url>", "the Prometheus to ask, instead of the embedded platform's")
    .option("--last <duration>", "how much time it shows, such as 15m (default: as much as in Grafana)")
    .option("--until <time>", "when that time ends, such as 2026-08-01T12:00:00Z (default: now)", moment)
    .option("--var <name=value>", "value of one of the board's variables; may be given several times", variable, {})
    .action(async (name: BoardName, flags: Flags) => {
      const json = boards().find((board) => board.name === name)?.json ?? "";
      if (flags.png === undefined) console.log(json);
      else await writeFile(flags.png, await draw(json, flags));
    });
}

async function draw(json: string, flags: Flags): Promise<Uint8Array> {
  // Loaded here, because it loads the plotting library: no other command should wait for that.
  const { picture, rangeOf } = await import("../board/index.ts");
  return picture({
    json,
    prometheus: flags.prometheus ?? (await embeddedPrometheus()),
    time: rangeOf(json, flags.until ?? Math.floor(Date.now() / 1000), flags.last),
    variables: flags.var,
  });
}

async function embeddedPrometheus(): Promise<string> {
  const platform = await readState(paths.platform);
  if (platform === undefined)
    throw new CommandError("the embedded platform is not up: npx sluice local up\nto ask another Prometheus: --prometheus URL");
  return platform.prometheusUrl;
}

/** Seconds since 1970. */
function moment(text: string): number {
  const time = Date.parse(text);
  if (Number.isNaN(time)) throw new InvalidArgumentError("It must be a time such as 2026-08-01T12:00:00Z.");
  return Math.floor(time / 1000);
}

function variable(text: string, before: Flags["var"]): Flags["var"] {
  const [, name, value] = /^(\w+)=(.+)$/s.exec(text) ?? [];
  if (name === undefined || value === undefined) throw new InvalidArgumentError("It must be name=value.");
  return { ...before, [name]: value };
}
