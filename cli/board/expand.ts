import { CommandError } from "../errors.ts";

/** What a board's variables stand for: those of the board, and Grafana's own such as __range. */
export type Values = Readonly<Record<string, string>>;

/**
 * Puts the values in the place of $name, as Grafana does. $1 is left alone: it belongs to label_replace.
 * @throws CommandError when a variable has no value
 */
export function expand(text: string, values: Values): string {
  return text.replace(/\$([A-Za-z_]\w*)/g, (written, name: string) => {
    const value = values[name];
    if (value === undefined) throw new CommandError(`${written} has no value in the query ${text}`);
    return value;
  });
}
