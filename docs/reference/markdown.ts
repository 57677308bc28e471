// The little Markdown that the reference is written in.

/** A text as it is written in a file or a shell. */
export function code(text: string): string {
  return `\`${text}\``;
}

/** A table. A bar in a cell does not end it, and `<` outside of code begins no HTML. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const escaped = (cell: string) => cell.replaceAll("|", "\\|").replaceAll(/`[^`]*`|</g, (found) => (found === "<" ? "&lt;" : found));
  const line = (cells: readonly string[]) => `| ${cells.map(escaped).join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}

/** The anchor that a page's reader gives to a heading: its words in lower case without punctuation. */
export function anchor(heading: string): string {
  return heading
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}_ -]/gu, "")
    .replaceAll(" ", "-");
}
