import { LineChart } from "echarts/charts";
import { GridComponent, MarkLineComponent } from "echarts/components";
import * as echarts from "echarts/core";
import { SVGRenderer } from "echarts/renderers";
import type { Line, Mark } from "../ask.ts";
import type { Panel } from "../model.ts";
import type { TimeRange } from "../prometheus.ts";
import { format } from "../units.ts";
import { colour, GRID, seriesColour, WEAK } from "./colours.ts";
import { type ColouredLine, legendOf } from "./legend.ts";
import { at, FONT, type Size } from "./svg.ts";

echarts.use([LineChart, GridComponent, MarkLineComponent, SVGRenderer]);

/** Room that a time needs below the axis. */
const PIXELS_A_TIME = 110;

/** Room that a mark's text needs, which runs down along its line. */
const PIXELS_A_MARK = 16;

const LABEL = { color: WEAK, fontFamily: FONT, fontSize: 11 } as const;
const MARK = { ...LABEL, fontSize: 10, position: "insideEndTop" } as const;

/** Lines over time with their legend below; thresholds are dashed lines across, marks dashed lines down. */
export function drawTimeSeries(panel: Panel, lines: readonly Line[], marks: readonly Mark[], time: TimeRange, size: Size): string {
  const coloured = lines.map((line, index) => ({ ...line, colour: seriesColour(panel, line.name, index) }));
  const legend = legendOf(coloured, panel.fieldConfig.defaults.unit, size.width);
  const height = size.height - legend.height;
  return chart(panel, coloured, marks, time, { width: size.width, height }) + at(0, height, legend.svg);
}

function chart(panel: Panel, lines: readonly ColouredLine[], marks: readonly Mark[], time: TimeRange, { width, height }: Size): string {
  const { unit, min, max, custom, thresholds } = panel.fieldConfig.defaults;
  const stacked = custom.stacking?.mode === "normal";
  const highest = Math.max(...lines.flatMap(({ points }) => points.map(([, value]) => value)));
  const across = (thresholds?.steps ?? [])
    .filter(({ value }) => value !== null && value <= highest * 1.5)
    .map(({ value, color }) => ({
      yAxis: value ?? 0,
      lineStyle: { color: colour(color), type: "dashed" as const },
      label: { show: false },
    }));
  const readable = readableMarks(marks, time, width);
  const down = marks.map((mark) => ({
    xAxis: mark.time,
    lineStyle: { color: colour(mark.colour), type: "dashed" as const },
    label: { ...MARK, color: colour(mark.colour), formatter: mark.text, show: readable.has(mark) },
  }));
  const plot = echarts.init(null, null, { renderer: "svg", ssr: true, width, height });
  plot.setOption({
    animation: false,
    grid: { left: 8, right: 12, top: 8, bottom: 4, outerBoundsMode: "same", outerBoundsContain: "axisLabel" },
    xAxis: {
      type: "time",
      min: time.start * 1000,
      max: time.end * 1000,
      splitNumber: Math.floor(width / PIXELS_A_TIME),
      axisLabel: { ...LABEL, hideOverlap: true },
      axisLine: { lineStyle: { color: GRID } },
      axisTick: { show: false },
      splitLine: { show: false },
    },
    yAxis: {
      type: "value",
      min: min ?? "dataMin",
      // A share that stays small is looked at closely; the whole of it is shown only where it is reached.
      ...(max !== undefined && highest > max / 2 ? { max, interval: max / 4 } : {}),
      splitNumber: 4,
      axisLabel: { ...LABEL, formatter: (value: number) => format(value, unit) },
      splitLine: { lineStyle: { color: GRID } },
    },
    series: lines.map((line, index) => ({
      type: "line",
      name: line.name,
      data: stacked ? onTop(line, lines) : withGaps(line),
      showSymbol: false,
      ...(stacked ? { stack: "all" } : {}),
      areaStyle: { opacity: stacked ? 0.4 : 0.08, color: line.colour },
      lineStyle: { width: 1.5, color: line.colour },
      ...(index === 0 ? { markLine: { silent: true, symbol: "none", data: [...across, ...down] } } : {}),
    })),
  });
  const svg = plot.renderToSVGString();
  plot.dispose();
  return svg;
}

/** The marks whose texts do not lie on one another; the lines of the others are drawn without. */
function readableMarks(marks: readonly Mark[], { start, end }: TimeRange, width: number): ReadonlySet<Mark> {
  const room = ((end - start) * 1000 * PIXELS_A_MARK) / width;
  const shown: Mark[] = [];
  for (const mark of marks.toSorted((a, b) => a.time - b.time)) if (mark.time - (shown.at(-1)?.time ?? 0) >= room) shown.push(mark);
  return new Set(shown);
}

/** Points of a plotted line; null is a gap. */
type Plotted = readonly (readonly [time: number, value: number | null])[];

/** A line is broken where Prometheus had nothing: a gap is longer than the usual distance of two points. */
function withGaps({ points }: Line): Plotted {
  const usual = Math.min(...points.slice(1).map(([time], index) => time - (points[index]?.[0] ?? time)));
  return points.flatMap(([time, value], index): Plotted => {
    const before = points[index - 1]?.[0] ?? time;
    const point = [time, value] as const;
    return time - before > 1.5 * usual ? [[before + usual, null], point] : [point];
  });
}

/** Parts of a whole are put on each other, moment by moment: what is not there is nothing. */
function onTop({ points }: Line, lines: readonly Line[]): Plotted {
  const values = new Map(points);
  const times = new Set(lines.flatMap((line) => line.points.map(([time]) => time)));
  return [...times].sort((a, b) => a - b).map((time) => [time, values.get(time) ?? 0]);
}
