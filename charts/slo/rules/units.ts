// Durations and numbers as PromQL and people read them.

export const MINUTE = 60;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

const YEAR = 365 * DAY;
const WEEK = 7 * DAY;

/** Seconds as Prometheus itself writes a duration: "5m", "30d", "4w" for 28 days. Sloth names its records by it. */
export function durationText(seconds: number): string {
  // A year, and a week, stand alone or not at all; what is left is written in smaller units.
  if (seconds >= YEAR && seconds % YEAR === 0) return `${seconds / YEAR}y`;
  if (seconds >= WEEK && seconds % WEEK === 0) return `${seconds / WEEK}w`;
  const parts = [
    [DAY, "d"],
    [HOUR, "h"],
    [MINUTE, "m"],
    [1, "s"],
  ] as const;
  let rest = seconds;
  return parts
    .map(([unit, letter]) => {
      const count = Math.floor(rest / unit);
      rest -= count * unit;
      return count > 0 ? `${count}${letter}` : "";
    })
    .join("");
}

/** Seconds for people, in the two largest units: "2 days 2 hours". */
export function spelledDuration(seconds: number): string {
  const units = [
    [DAY, "day"],
    [HOUR, "hour"],
    [MINUTE, "minute"],
  ] as const;
  let rest = Math.round(seconds / MINUTE) * MINUTE;
  const words = units.flatMap(([unit, word]) => {
    const count = Math.floor(rest / unit);
    rest -= count * unit;
    return count > 0 ? [`${count} ${word}${count === 1 ? "" : "s"}`] : [];
  });
  return words.length > 0 ? words.slice(0, 2).join(" ") : "less than a minute";
}

/** A number without the noise of binary fractions: 0.001, not 0.0009999999999999432. */
export function plain(value: number, digits = 12): number {
  return Number(value.toPrecision(digits));
}
