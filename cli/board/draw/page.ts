import type { Heading, Place } from "../model.ts";
import { PAGE, PANEL, TEXT, WEAK } from "./colours.ts";
import { at, fitting, rect, type Size, text } from "./svg.ts";

/** A panel with what is drawn in it; nothing where it has no data. */
export interface DrawnPanel {
  readonly title: string;
  readonly place: Place;
  readonly noValue: string;
  readonly content: string;
}

export interface Page {
  readonly title: string;
  /** What and when: the board's variables and its time. */
  readonly subtitle: string;
  readonly headings: readonly Heading[];
  readonly panels: readonly DrawnPanel[];
}

const WIDTH = 1600;
const MARGIN = 16;
const HEADER = 64;
const COLUMN = (WIDTH - 2 * MARGIN) / 24;
/** Grafana's own: a row is 30 pixels, and 8 lie between two. */
const ROW = 38;
const GAP = 8;
const TITLE = 32;

/** The room inside a panel, under its title. */
export function roomIn({ w, h }: Place): Size {
  return { width: w * COLUMN - GAP, height: h * ROW - GAP - TITLE };
}

/** The whole page as an SVG document. */
export function drawPage({ title, subtitle, headings, panels }: Page): string {
  const bottom = Math.max(...panels.map(({ place }) => place.y + place.h));
  const size = { width: WIDTH, height: HEADER + bottom * ROW + MARGIN };
  const body = [
    text(MARGIN, 30, title, { size: 20, weight: 600 }),
    text(MARGIN, 50, subtitle, { fill: WEAK }),
    ...headings.map(({ title: heading, gridPos }) => placed(gridPos, text(4, 24, heading, { size: 15, weight: 600, fill: TEXT }))),
    ...panels.map((panel) => placed(panel.place, drawPanel(panel))),
  ];
  return `<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink" width="${size.width}" height="${size.height}">${rect(0, 0, size, PAGE)}${body.join("")}</svg>`;
}

function placed({ x, y }: Place, content: string): string {
  return at(MARGIN + x * COLUMN, HEADER + y * ROW, content);
}

function drawPanel({ title, place, noValue, content }: DrawnPanel): string {
  const room = roomIn(place);
  const frame = rect(0, 0, { width: room.width, height: room.height + TITLE }, PANEL, 3);
  const head = text(10, 20, fitting(title, room.width - 20, 13), { size: 13, weight: 600 });
  const empty = text(room.width / 2, room.height / 2, noValue, { size: 14, fill: WEAK, anchor: "middle" });
  return frame + head + at(0, TITLE, content === "" ? empty : content);
}
