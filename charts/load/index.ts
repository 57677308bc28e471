// Runs of k6 against services: the scripts, and each run that was asked for.
export { type LoadObjective, type LoadTarget, scriptEnvironment } from "./environment.ts";
export { POD_SECURITY, SCRIPTS, scriptsManifest, TMP } from "./pod.ts";
export { type LoadRun, PROFILES, type Profile, testRun } from "./testRun.ts";
