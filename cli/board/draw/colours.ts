import type { Panel, Threshold } from "../model.ts";

export const PAGE = "#111217";
export const PANEL = "#1b1d24";
export const GRID = "#2c2f37";
export const WEAK = "#8e8e99";
export const TEXT = "#ccccdc";

/** Grafana's names for colours, as it shows them on a dark page. */
const NAMED: Readonly<Record<string, string>> = {
  green: "#73bf69",
  yellow: "#f2cc0c",
  orange: "#ff9830",
  red: "#f2495c",
  blue: "#5794f2",
  purple: "#b877d9",
  text: TEXT,
};

/** Colours of series that have none of their own. */
const PALETTE = ["#73bf69", "#f2cc0c", "#8ab8ff", "#ff7383", "#ff9830", "#b877d9", "#56a64b", "#e0b400", "#3274d9", "#e02f44"] as const;

export function colour(name: string): string {
  return NAMED[name] ?? name;
}

/** The colour of a panel's series: the one that the board gives to names like its own, or the next of the palette. */
export function seriesColour({ fieldConfig }: Panel, name: string, index: number): string {
  for (const { matcher, properties } of fieldConfig.overrides) {
    if (matcher.id !== "byRegexp" || !new RegExp(matcher.options.replace(/^\/|\/$/g, "")).test(name)) continue;
    const value = properties.find(({ id }) => id === "color")?.value;
    if (isFixed(value)) return colour(value.fixedColor);
  }
  return PALETTE[index % PALETTE.length] ?? TEXT;
}

/** The colour that thresholds give to a value. */
export function thresholdColour(steps: readonly Threshold[], value: number): string {
  return colour(steps.findLast((step) => step.value === null || value >= step.value)?.color ?? "text");
}

function isFixed(value: unknown): value is { readonly fixedColor: string } {
  return typeof value === "object" && value !== null && "fixedColor" in value && typeof value.fixedColor === "string";
}
