import type { Line } from "../ask.ts";
import type { Panel } from "../model.ts";
import { format } from "../units.ts";
import { GRID, thresholdColour } from "./colours.ts";
import { fitting, rect, type Size, text } from "./svg.ts";

const LINE = 28;

/** A bar for each value, the longest across half of the panel. */
export function drawBars({ fieldConfig: { defaults } }: Panel, lines: readonly Line[], { width, height }: Size): string {
  const values = lines.map(({ name, points }) => ({ name, value: points[0]?.[1] ?? 0 })).sort((a, b) => b.value - a.value);
  const most = Math.max(...values.map(({ value }) => value));
  const half = width / 2;
  return values
    .slice(0, Math.floor(height / LINE))
    .map(({ name, value }, index) => {
      const y = index * LINE;
      const long = most > 0 ? (value / most) * (half - 80) : 0;
      return [
        text(10, y + 18, fitting(name, half - 20)),
        rect(half, y + 6, { width: half - 80, height: 16 }, GRID, 2),
        rect(half, y + 6, { width: long, height: 16 }, thresholdColour(defaults.thresholds?.steps ?? [], value), 2),
        text(width - 10, y + 18, format(value, defaults.unit), { anchor: "end" }),
      ].join("");
    })
    .join("");
}
