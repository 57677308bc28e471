import { field } from "./field.ts";

/** One of the stack's own services; whether there is one of this name is seen when all is read. */
export const serviceName = field({
  what: "the name of a service of this stack",
  example: "echo",
  parse: (input) => (typeof input === "string" && input !== "" ? input : undefined),
});
