/**
 * What every stand-in process of the platform (node, mesh, metrics) has in common: how it reads its flags, starts and ends, logs, tells its
 * health, and tells users what is wrong with their objects.
 */
export { type EventWriter, eventOf, writeEvent } from "./events.ts";
export { type Flags, readFlags } from "./flags.ts";
export { type Health, serveHealth } from "./health.ts";
export { type Log, log } from "./log.ts";
export { type Pace, paced } from "./pace.ts";
export { type Problem, type Report, reportInto } from "./problems.ts";
export { readSpec } from "./readSpec.ts";
export { problemReporter } from "./reporter.ts";
export { endOnSignal, fail, startStandIn } from "./start.ts";
