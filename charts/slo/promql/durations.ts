import { type Node, placeIn } from "./tree.ts";

/** As many seconds as nanoseconds go into 63 bits, which is what Prometheus counts durations in: 292 years. */
export const LONGEST_SECONDS = Math.floor(2 ** 63 / 1e9);

const UNITS: Readonly<Record<string, number>> = {
  ms: 0.001,
  s: 1,
  m: 60,
  h: 3_600,
  d: 86_400,
  w: 604_800,
  y: 31_536_000,
};

/** What is wrong with a range, or with how far an offset goes; undefined for any other node. */
export function durationProblem(text: string, node: Node): string | undefined {
  const ofRange = node.name === "DurationExpr";
  if ((!ofRange && node.name !== "OffsetDurationExpr") || node.parent?.name === node.name) return undefined;
  const at = placeIn(text, node.from);
  const written = text.slice(node.from, node.to);
  const seconds = secondsIn(written);
  if (seconds === undefined) return undefined;
  if (ofRange && !(seconds > 0)) return `has the range ${written} at ${at}, which is not above 0; write for example 5m`;
  if (!(Math.abs(seconds) <= LONGEST_SECONDS))
    return `has the duration ${written} at ${at}, which is longer than the 292 years that Prometheus knows`;
  return undefined;
}

/** A number alone is one of seconds. Undefined where it has to be computed. */
function secondsIn(duration: string): number | undefined {
  const [, sign, number, units] = /^([-+]?)(?:([\d._]+(?:e[-+]?\d+)?)|((?:\d+(?:ms|[smhdwy]))+))$/i.exec(duration) ?? [];
  if (number === undefined && units === undefined) return undefined;
  const parts = units?.matchAll(/(\d+)(ms|[smhdwy])/g) ?? [];
  const seconds =
    number === undefined ? [...parts].reduce((sum, [, count, unit = ""]) => sum + Number(count) * (UNITS[unit] ?? 0), 0) : Number(number);
  return sign === "-" ? -seconds : seconds;
}
