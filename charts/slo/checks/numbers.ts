import { type Problems, problem } from "./problem.ts";

/** What has to be good. Two mistakes are common: all of it, and a share where a percentage is meant. */
export function* objectiveProblems(path: string, value: number): Problems {
  if (value === 100) yield problem(path, value, "leaves no error budget, so that each failure would be an alert; write for example 99.9");
  else if (value > 0 && value < 1) yield problem(path, value, `is a share; write percent: ${Number((value * 100).toPrecision(12))}`);
  else yield* percentProblems(path, value);
}

function* percentProblems(path: string, value: number): Problems {
  if (!(value > 0 && value < 100)) yield problem(path, value, "is not a percentage above 0 and below 100; write for example 99.9");
}

export function* aboveZeroProblems(path: string, value: number, example: number): Problems {
  if (!(value > 0 && Number.isFinite(value))) yield problem(path, value, `is not a number above 0; write for example ${example}`);
}
