import { type Problems, problem } from "./problem.ts";

export function* percentProblems(path: string, value: number): Problems {
  if (!(value > 0 && value < 100)) yield problem(path, value, `is not a percentage above 0 and below 100; ${hint(value)}`);
}

export function* aboveZeroProblems(path: string, value: number, example: number): Problems {
  if (!(value > 0 && Number.isFinite(value))) yield problem(path, value, `is not a number above 0; write for example ${example}`);
}

/** The two objectives that are most often written down wrongly: all of them, and a share instead of a percentage. */
function hint(value: number): string {
  return value === 100 ? "with no error budget every failure would be an alert: write for example 99.9" : "write for example 99.9";
}
