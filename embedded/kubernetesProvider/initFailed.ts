import type { JsonObject } from "./json.ts";

/** The object is there but not ready: the engine keeps it in state, fails the run, and asks for an update in the next one. */
export class InitFailed extends Error {
  readonly id: string;
  /** The object's state, as a successful operation would have returned it. */
  readonly properties: JsonObject;
  readonly reasons: readonly string[];

  constructor(what: string, id: string, properties: JsonObject, problems: readonly string[]) {
    super(`${what}: ${problems.join("; ")}`);
    this.id = id;
    this.properties = properties;
    this.reasons = [`${what}:`, ...problems.map((problem) => `  ${problem}`)];
  }
}
