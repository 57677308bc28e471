// Pulumi on stack local: the environment it needs, running it, driving it, and what it left behind.
export { pulumiEnvironment } from "./environment.ts";
export { recordOf } from "./record.ts";
export { resetLocalStack, runPulumi, STACK, selectLocalStack } from "./run.ts";
export { interruptPulumi, type LocalStack, localStack, type UpResult } from "./stack.ts";
export { deadLocks, type StackLock } from "./stackLock.ts";
