import type { Line } from "../ask.ts";
import { format } from "../units.ts";
import { TEXT } from "./colours.ts";
import { rect, text, widthOf } from "./svg.ts";

export interface ColouredLine extends Line {
  readonly colour: string;
}

const LINE = 17;
const MOST_LINES = 3;
const DASH = { width: 12, height: 3 };
const GAP = 16;

/** The series' names with their last values, in as many lines as it takes, but not more than three. */
export function legendOf(lines: readonly ColouredLine[], unit: string, width: number): { readonly svg: string; readonly height: number } {
  let [x, row, svg] = [8, 0, ""];
  for (const { name, points, colour } of lines) {
    const last = points.at(-1);
    const label = last === undefined ? name : `${name}  ${format(last[1], unit)}`;
    const taken = DASH.width + 6 + widthOf(label, 11);
    if (x > 8 && x + taken > width - 8) [x, row] = [8, row + 1];
    if (row === MOST_LINES) break;
    const y = row * LINE + 13;
    svg += rect(x, y - 5, DASH, colour, 1) + text(x + DASH.width + 6, y, label, { size: 11, fill: TEXT });
    x += taken + GAP;
  }
  return { svg, height: Math.min(row + 1, MOST_LINES) * LINE + 6 };
}
