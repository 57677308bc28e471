/** Scales of a unit, from small to large: what one of it is, and what it is called. */
type Scale = readonly (readonly [one: number, name: string])[];

const COUNT: Scale = [
  [1, ""],
  [1e3, " K"],
  [1e6, " M"],
  [1e9, " G"],
];

const TIME: Scale = [
  [1e-6, " µs"],
  [1e-3, " ms"],
  [1, " s"],
  [60, " min"],
  [3600, " h"],
  [86_400, " d"],
];

const BYTES: Scale = [
  [1, " B"],
  [2 ** 10, " KiB"],
  [2 ** 20, " MiB"],
  [2 ** 30, " GiB"],
  [2 ** 40, " TiB"],
];

/** What each of Grafana's units, as far as the boards use them, makes of a number. */
const FORMATS: Readonly<Record<string, (value: number) => string>> = {
  none: digits,
  short: (value) => scaled(value, COUNT),
  percentunit: (value) => `${digits(value * 100)} %`,
  s: (value) => scaled(value, TIME),
  ms: (value) => scaled(value / 1000, TIME),
  bytes: (value) => scaled(value, BYTES),
  binBps: (value) => `${scaled(value, BYTES)}/s`,
  reqps: (value) => `${scaled(value, COUNT)} req/s`,
  ops: (value) => `${scaled(value, COUNT)} ops/s`,
  cps: (value) => `${scaled(value, COUNT)} c/s`,
  currencyUSD: (value) => `$${scaled(value, COUNT)}`,
};

/** Grafana's ids of the units that a value can be shown in. */
export const KNOWN_UNITS: readonly string[] = Object.keys(FORMATS);

/** A value as a reader of the board sees it. @param unit one of KNOWN_UNITS; with any other the number stays as it is */
export function format(value: number, unit: string): string {
  return (FORMATS[unit] ?? digits)(value);
}

function scaled(value: number, scale: Scale): string {
  const [one, name] = scale.findLast(([size]) => Math.abs(value) >= size) ??
    scale.find(([size]) => value === 0 && size === 1) ??
    scale[0] ?? [1, ""];
  return `${digits(value / one)}${name}`;
}

/** Three digits that mean something, without zeros behind them. */
function digits(value: number): string {
  const rounded = Math.abs(value) >= 100 ? Math.round(value) : Number(value.toPrecision(3));
  return Math.abs(rounded) < 1e-3 && rounded !== 0 ? rounded.toExponential() : String(rounded);
}
