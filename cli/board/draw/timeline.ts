import type { Line } from "../ask.ts";
import type { Panel } from "../model.ts";
import type { TimeRange } from "../prometheus.ts";
import { colour } from "./colours.ts";
import { fitting, rect, type Size, text } from "./svg.ts";

const LINE = 30;
const NAMES = 160;

/** A bar for each series, in the colours of the states it went through. */
export function drawTimeline({ fieldConfig: { defaults } }: Panel, lines: readonly Line[], { start, end }: TimeRange, size: Size): string {
  const states = defaults.mappings[0]?.options ?? {};
  const x = (time: number) => NAMES + ((time / 1000 - start) / (end - start)) * (size.width - NAMES - 10);
  return lines
    .slice(0, Math.floor(size.height / LINE))
    .map(({ name, points }, index) => {
      const y = index * LINE;
      const pieces = points.map(([time, value], at) => {
        const until = points[at + 1]?.[0] ?? end * 1000;
        return rect(x(time), y + 4, { width: x(until) - x(time) + 0.5, height: LINE - 8 }, colour(states[String(value)]?.color ?? "text"));
      });
      return text(10, y + 19, fitting(name, NAMES - 20)) + pieces.join("");
    })
    .join("");
}
