import { field } from "./field.ts";

const MILLISECONDS = { ms: 1, s: 1_000, m: 60_000, h: 3_600_000, d: 86_400_000 } as const;

/** The units that a duration may have. */
export const durationUnits: readonly string[] = Object.keys(MILLISECONDS);

const MEBIBYTES = { Mi: 1, Gi: 1_024 } as const;

/** "300ms", "30s", "10m", "2h", "30d", in milliseconds. */
export const milliseconds = field({ what: "a duration", example: "30s", parse: parseDuration, explain: explainDuration });

/** The same, in seconds. */
export const seconds = field({
  what: "a duration",
  example: "30s",
  parse: (input) => divided(parseDuration(input), 1_000),
  explain: explainDuration,
});

/** "2%", as a share strictly between 0 and 1: 0.02. */
export const share = field({
  what: "a percentage above 0% and below 100%",
  example: "2%",
  parse: (input) => between(0, 1, divided(parseUnit(input, { "%": 1 }), 100)),
  explain: (input) => (typeof input === "number" ? `has no unit; write "${input}%"` : undefined),
});

/** A number of percent: 99.5. */
export const percent = field({
  what: "a number of percent above 0 and below 100",
  example: "99.5",
  parse: (input) => (typeof input === "number" && input >= 1 ? between(0, 100, input) : undefined),
  explain: (input) => (typeof input === "number" && input > 0 && input < 1 ? `is a share; write ${divided(input, 0.01)}` : undefined),
});

export const flag = field({
  what: "true or false",
  example: "false",
  parse: (input) => (typeof input === "boolean" ? input : undefined),
});

/** "30d": whole days, at least one. */
export function days(input: unknown): { readonly days: number } | undefined {
  const count = divided(parseDuration(input), MILLISECONDS.d);
  return count !== undefined && count >= 1 && Number.isInteger(count) ? { days: count } : undefined;
}

/** "100m", 0.5 or 2, in thousandths of a core. */
export const cpuMillis = field({
  what: "an amount of CPU",
  example: "100m",
  parse: (input) => atLeast(1, typeof input === "number" ? Math.round(input * 1_000) : parseUnit(input, { m: 1 })),
});

/** "128Mi" or "1Gi", in MiB. */
export const mebibytes = field({
  what: "an amount of memory in Mi or Gi",
  example: "128Mi",
  parse: (input) => atLeast(1, parseUnit(input, MEBIBYTES)),
});

/** A whole number from `least` to `most`, both included. */
export function whole(least: number, most = Number.MAX_SAFE_INTEGER) {
  return field({
    what: most === Number.MAX_SAFE_INTEGER ? `a whole number of at least ${least}` : `a whole number from ${least} to ${most}`,
    example: String(least),
    parse: (input) => (typeof input === "number" && Number.isInteger(input) && input >= least && input <= most ? input : undefined),
  });
}

/** A chance, neither impossible nor certain. */
export const probability = field({
  what: "a number above 0 and below 1",
  example: "0.01",
  parse: (input) => between(0, 1, typeof input === "number" ? input : undefined),
});

function parseDuration(input: unknown): number | undefined {
  const duration = parseUnit(input, MILLISECONDS);
  return duration !== undefined && duration > 0 ? duration : undefined;
}

function explainDuration(input: unknown): string | undefined {
  return typeof input === "number" ? `has no unit; write ${input}ms, ${input}s, ${input}m, ${input}h or ${input}d` : undefined;
}

/** "<number><unit>" in the smallest of the units. */
function parseUnit(input: unknown, units: Readonly<Record<string, number>>): number | undefined {
  if (typeof input !== "string") return undefined;
  const [, digits = "", unit = ""] = /^(\d+(?:\.\d+)?)\s?([A-Za-z%]+)$/.exec(input) ?? [];
  const factor = units[unit];
  return factor === undefined ? undefined : Number(digits) * factor;
}

function between(low: number, high: number, value: number | undefined): number | undefined {
  return value !== undefined && value > low && value < high ? value : undefined;
}

function atLeast(least: number, value: number | undefined): number | undefined {
  return value !== undefined && value >= least ? value : undefined;
}

/** Rounded so that 99.99 % is 0.9999 and not the nearest number of two divisions. */
function divided(value: number | undefined, by: number): number | undefined {
  return value === undefined ? undefined : Number((value / by).toPrecision(12));
}
