import { resolve } from "node:path";

/** The folder that the program and the apps are in. */
export const PROJECT = resolve(import.meta.dirname, "..");
