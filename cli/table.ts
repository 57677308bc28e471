// Tables for people: a line a row, columns as wide as they need to be.

/** Lays out rows under a head; numbers are put to the right. */
export function table(head: readonly string[], rows: readonly (readonly (string | number)[])[]): string {
  const cells = [head, ...rows.map((row) => row.map(String))];
  const widths = head.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  const line = (row: readonly string[]) =>
    row
      .map((cell, column) =>
        rows.some((row) => isNumber(row[column])) ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd();
  return [line(head), widths.map((width) => "-".repeat(width)).join("  "), ...cells.slice(1).map(line)].join("\n");
}

function isNumber(cell: string | number | undefined): boolean {
  return typeof cell === "number" || /^\d+(\.\d+)?( s)?$/.test(cell ?? "");
}
