import { InvalidArgumentError } from "commander";

/** A number of requests a second, as the load generator can keep it. */
export function requestRate(text: string): number {
  const rate = Number(text);
  if (!(rate > 0 && rate <= 10_000)) throw new InvalidArgumentError("It must be above 0 and at most 10000 requests a second.");
  return rate;
}
