import { z } from "zod";
import { show } from "../../written.ts";
import type { SloWindow } from "../slo.ts";
import { expected, flag, listOfOne, only, secondsOf, text } from "./fields.ts";

const DAY = 86_400;

const calendar = z.strictObject({
  startTime: z.union([z.string(), z.date()], expected("a date and time, for example 2026-01-01 00:00:00")),
  timeZone: z.enum(["UTC", "Etc/UTC"], only("UTC", "Prometheus tells months in UTC alone")),
});

const writtenWindow = z.strictObject({ duration: text, isRolling: flag.default(false), calendar: calendar.optional() });

type WrittenWindow = z.output<typeof writtenWindow>;

const window = writtenWindow.transform((written, context): SloWindow => {
  const refused = written.calendar === undefined ? rollingProblem(written) : calendarProblem(written);
  if (refused === undefined) return written.calendar === undefined ? { days: daysOf(written) } : { calendar: "month" };
  const { field, rule } = refused;
  context.issues.push({ code: "custom", path: [field], input: written[field], message: `${show(written[field])} ${rule}` });
  return z.NEVER;
});

/** The window that a budget is counted over. */
export const timeWindow = listOfOne(window, "window", "leave the others out");

interface Refusal {
  readonly field: keyof WrittenWindow;
  readonly rule: string;
}

function rollingProblem(written: WrittenWindow): Refusal | undefined {
  if (!written.isRolling)
    return { field: "isRolling", rule: "is not possible without a calendar; write isRolling: true, or give a calendar" };
  const days = daysOf(written);
  return days >= 1 && Number.isInteger(days)
    ? undefined
    : { field: "duration", rule: "is not a number of whole days; write for example 30d or 4w" };
}

function calendarProblem({ isRolling, duration, calendar }: WrittenWindow): Refusal | undefined {
  if (isRolling) return { field: "isRolling", rule: "contradicts the calendar beside it; leave one of the two out" };
  if (duration !== "1M")
    return { field: "duration", rule: "is not supported: the only calendar window is a month; write 1M, or a rolling window of days" };
  const start = calendar?.startTime;
  const text = start instanceof Date ? start.toISOString() : (start ?? "");
  return /^\d{4}-\d\d-01[ T]00:00(:00(\.0+)?)?Z?$/.test(text)
    ? undefined
    : { field: "calendar", rule: "is not supported: a month begins with its first day; write for example startTime: 2026-01-01 00:00:00" };
}

/** NaN where it is no duration. */
function daysOf({ duration }: WrittenWindow): number {
  return (secondsOf(duration) ?? Number.NaN) / DAY;
}
