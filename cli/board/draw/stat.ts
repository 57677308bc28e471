import type { Line } from "../ask.ts";
import type { Panel } from "../model.ts";
import type { TimeRange } from "../prometheus.ts";
import { format } from "../units.ts";
import { colour, TEXT, thresholdColour } from "./colours.ts";
import { type Size, text } from "./svg.ts";

/** One number, or the state that it stands for, over its course. */
export function drawStat({ fieldConfig: { defaults } }: Panel, [line]: readonly Line[], time: TimeRange, size: Size): string {
  const last = line?.points.at(-1)?.[1];
  if (line === undefined || last === undefined) return "";
  const state = defaults.mappings[0]?.options[String(last)];
  const fill = state ? colour(state.color) : defaults.thresholds ? thresholdColour(defaults.thresholds.steps, last) : TEXT;
  const shown = state?.text ?? format(last, defaults.unit);
  const letters = Math.min(34, (size.width - 24) / (shown.length * 0.58));
  return (
    (state ? "" : course(line, time, size, fill)) +
    text(size.width / 2, size.height / 2 + letters * 0.25, shown, { size: letters, weight: 600, fill, anchor: "middle" })
  );
}

/** The line that the number is the end of, in the lower third. */
function course({ points }: Line, { start, end }: TimeRange, { width, height }: Size, stroke: string): string {
  const values = points.map(([, value]) => value);
  const [low, high] = [Math.min(0, ...values), Math.max(...values)];
  const x = (at: number) => ((at / 1000 - start) / (end - start)) * width;
  const y = (value: number) => height - 4 - (high === low ? 0 : ((value - low) / (high - low)) * (height / 3));
  const path = points.map(([at, value], index) => `${index === 0 ? "M" : "L"}${x(at).toFixed(1)} ${y(value).toFixed(1)}`).join("");
  return `<path d="${path}" fill="none" stroke="${stroke}" stroke-opacity="0.5" stroke-width="1.5"/>`;
}
