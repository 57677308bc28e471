// Pulumi on stack local: the environment it needs, and running it.
export { pulumiEnvironment } from "./environment.ts";
export { runPulumi, STACK, selectLocalStack } from "./run.ts";
export { deadLocks, type StackLock } from "./stackLock.ts";
