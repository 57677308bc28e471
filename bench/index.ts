import type { Benchmark } from "./benchmark.ts";
import { platformStart } from "./platformStart.ts";
import { preview } from "./preview.ts";
import { demoRollouts, gateTrial } from "./rollouts.ts";
import { scale } from "./scale.ts";
import { sloRulesCost } from "./sloRules.ts";
import { stackPrograms } from "./stackPrograms.ts";

/** Every benchmark by the name it is asked for. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  start: platformStart,
  preview,
  rollouts: demoRollouts,
  trial: gateTrial,
  scale,
  programs: stackPrograms,
  slo: sloRulesCost,
};
