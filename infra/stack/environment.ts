import { ENVIRONMENTS, type Environment } from "../presets.ts";
import { field } from "./field.ts";

/** What a stack is for. */
export const environment = field<Environment>({
  what: "development, staging or production",
  example: "staging",
  parse: (input) => ENVIRONMENTS.find((name) => name === input),
});
