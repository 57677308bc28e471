// A steady open-loop load on the embedded platform, and what became of each request: by version, failed, slow, unanswered.
export { type Load, type LoadOptions, startLoad } from "./load.ts";
export { type Counts, type LoadRecord, type LoadReport, noVersion, type Tally } from "./tally.ts";
export { LoadError } from "./target.ts";
