// Draws a board without Grafana: the same panels in the same places, from the same queries.
import { linesOf, type Mark, marksOf, named, type Question, valuesAtEnd } from "./ask.ts";
import { drawBars } from "./draw/bars.ts";
import { type DrawnPanel, drawPage, roomIn } from "./draw/page.ts";
import { pngOf } from "./draw/png.ts";
import { drawStat } from "./draw/stat.ts";
import { drawTable } from "./draw/table.ts";
import { drawTimeline } from "./draw/timeline.ts";
import { drawTimeSeries } from "./draw/timeSeries.ts";
import type { Values } from "./expand.ts";
import { type Board, type Heading, type Panel, readBoard } from "./model.ts";
import { Prometheus, seconds, type TimeRange } from "./prometheus.ts";
import { scrapeIntervals } from "./scrapes.ts";
import { valuesOf } from "./values.ts";

export interface PictureOptions {
  /** The board, as `boards()` gives it. */
  readonly json: string;
  /** URL of the Prometheus that is asked. */
  readonly prometheus: string;
  readonly time: TimeRange;
  /** Values of the board's variables; the others are what Grafana would begin with. */
  readonly variables: Values;
}

/** A picture of a board, as PNG. @throws CommandError when Prometheus cannot be asked or has no value for a variable */
export async function picture(options: PictureOptions): Promise<Uint8Array> {
  return pngOf(await svgOf(options));
}

/** The same as an SVG document. Its letters are those of the font Inter. */
export async function svgOf(options: PictureOptions): Promise<string> {
  const prometheus = new Prometheus(options.prometheus);
  const board = readBoard(options.json);
  const values = await valuesOf(board.templating.list, options.variables, prometheus, options.time);
  const question = { prometheus, time: options.time, values, scrapeIntervals: scrapeIntervals(prometheus, options.time) };
  return drawBoard(board, question);
}

/** The time that a board shows. @param last how much of it, as a duration; left out, as much as the board shows in Grafana at first */
export function rangeOf(json: string, end: number, last = readBoard(json).time.from.replace("now-", "")): TimeRange {
  return { start: end - seconds(last), end };
}

async function drawBoard(board: Board, question: Question): Promise<string> {
  const marks = (await Promise.all(board.annotations.list.map((annotation) => marksOf(annotation, question)))).flat();
  const panels: DrawnPanel[] = [];
  // One panel after the other: a board's sixty queries at once are more than a small Prometheus likes.
  for (const panel of board.panels) if (panel.type !== "row") panels.push(await drawPanel(panel, marks, question));
  const headings = board.panels.filter((panel): panel is Heading => panel.type === "row");
  return drawPage({ title: board.title, subtitle: subtitle(board, question), headings, panels });
}

async function drawPanel(panel: Panel, marks: readonly Mark[], question: Question): Promise<DrawnPanel> {
  const content = await contentOf(panel, marks, question);
  return { title: panel.title, place: panel.gridPos, noValue: panel.fieldConfig.defaults.noValue, content };
}

/** What is drawn in the panel; nothing where there is no data. */
async function contentOf(panel: Panel, marks: readonly Mark[], question: Question): Promise<string> {
  const size = roomIn(panel.gridPos);
  switch (panel.type) {
    case "table": {
      const answers = await valuesAtEnd(panel, question);
      return answers.flat().length === 0 ? "" : drawTable(panel, answers, size);
    }
    case "bargauge":
      return drawBars(panel, named(panel.targets, await valuesAtEnd(panel, question)), size);
    default: {
      const lines = (await linesOf(panel, question)).filter(({ points }) => points.length > 0);
      if (lines.length === 0) return "";
      if (panel.type === "stat") return drawStat(panel, lines, question.time, size);
      if (panel.type === "state-timeline") return drawTimeline(panel, lines, question.time, size);
      return drawTimeSeries(panel, lines, marks, question.time, size);
    }
  }
}

function subtitle({ templating }: Board, { values, time }: Question): string {
  const variables = templating.list.filter(({ type }) => type !== "datasource").map(({ name }) => `${name} ${values[name]}`);
  const moment = (at: number) => new Date(at * 1000).toISOString().replace("T", " ").slice(0, 19);
  return [...variables, `${moment(time.start)} to ${moment(time.end)} UTC`].join("  ·  ");
}
