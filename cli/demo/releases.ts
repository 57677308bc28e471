// The versions of echo that the demo rolls out, and what must become of each.
import type { Verdict } from "@sluice/gate";

/** The service that is rolled out: apps/echo. */
export const SERVICE = "echo";

export interface Release {
  readonly tag: string;
  /** What is the matter with it, for people. */
  readonly what: string;
  /** Environment of its image: apps/echo reads its faults from there. */
  readonly faults: Readonly<Record<string, string>>;
  readonly expected: Verdict;
  /** The SLI that must have decided against it. */
  readonly expectedBy?: string;
}

export const FIRST: Release = { tag: "1.0.0", what: "the first version", faults: {}, expected: "promoted" };

export const ROLLOUTS: readonly Release[] = [
  { tag: "1.1.0", what: "healthy", faults: {}, expected: "promoted" },
  { tag: "1.2.0", what: "5 % of its answers are 500", faults: { ERROR_RATE: "0.05" }, expected: "rolled back", expectedBy: "availability" },
  {
    tag: "1.3.0",
    what: "30 % of its answers take 400 ms, none fails",
    faults: { SLOW_RATE: "0.3", SLOW_MS: "400" },
    expected: "rolled back",
    expectedBy: "latency",
  },
];
