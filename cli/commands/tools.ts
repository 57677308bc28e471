// `sluice tools`: what the embedded platform runs on, and where each part of it comes from.
import { Command } from "commander";
import { crdFiles, ensureTools, type InventoryLine, inventory, toolNames } from "../../embedded/toolchain/index.ts";

/** `sluice tools [--fetch]`. */
export function toolsCommand(): Command {
  return new Command("tools")
    .description("list the tools of the embedded platform: where each comes from, its version and its size")
    .option("--fetch", "get every tool that is not here yet")
    .action(async ({ fetch }: { fetch?: true }) => {
      if (fetch) {
        await ensureTools(toolNames);
        await crdFiles();
      }
      console.log(table(await inventory()));
    });
}

/** The inventory in columns. */
function table(lines: readonly InventoryLine[]): string {
  const rows = [
    ["tool", "version", "size", "where"],
    ...lines.map(({ name, version, bytes, from }) => [name, version, bytes === undefined ? "-" : sizeOf(bytes), from]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join("  ")
        .trimEnd(),
    )
    .join("\n");
}

function sizeOf(bytes: number): string {
  return bytes < 1e6 ? `${Math.ceil(bytes / 1e3)} kB` : `${Math.round(bytes / 1e6)} MB`;
}
