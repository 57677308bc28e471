/** The processes of this machine as Linux shows them in /proc: whose they are, whether they live, and how to end them. */
export { endAll, signal } from "./end.ts";
export { processesWith } from "./environment.ts";
export { CONTAINER_MARK, PART_MARK, PLATFORM_MARK } from "./marks.ts";
export { isOf, type PlatformProcess, processesOf } from "./platform.ts";
export { isRunning, type ProcessStat, statOf } from "./stat.ts";
