import { z } from "zod";

/** A time such as "1.5s", "300ms", "1m": in seconds. */
export const Duration = z.string().transform((text, context) => {
  const parts = [...text.matchAll(/(\d+(?:\.\d+)?)(h|ms|m|s)/g)];
  if (text === "" || parts.map(([part]) => part).join("") !== text) {
    context.addIssue({ code: "custom", message: `"${text}" is not a time such as 300ms, 1.5s or 2m` });
    return z.NEVER;
  }
  return parts.reduce((seconds, [, number, unit]) => seconds + Number(number) * (SECONDS[unit ?? "s"] ?? 1), 0);
});

const SECONDS: Readonly<Record<string, number>> = { h: 3600, m: 60, s: 1, ms: 0.001 };
