/** The embedded platform as one thing: up, down, status, reset of a state directory. */
export { type DownResult, down, reset } from "./down.ts";
export { PART_NAMES, type PartName } from "./names.ts";
export { type PlatformState, readState } from "./state.ts";
export { type PlatformStatus, status } from "./status.ts";
export { type UpOptions, up } from "./up.ts";
