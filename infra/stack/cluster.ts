import { z } from "zod";
import { field } from "./field.ts";
import { eks } from "./parts/eks.ts";
import { kind } from "./parts/kind.ts";
import { flag } from "./units.ts";

const path = field({
  what: "a path",
  example: ".sluice/local",
  parse: (input) => (typeof input === "string" && input !== "" ? input : undefined),
});

/** The platform on this machine that needs no containers. */
const embedded = z.strictObject({
  kind: z.literal("embedded").describe("`embedded` is the platform that `sluice local up` starts on this machine."),
  stateDir: path
    .optional()
    .describe("Where `sluice local up` keeps the platform's state, `.sluice/<stack>` if not said. A relative path starts at the project."),
  metricsServer: flag
    .default(false)
    .describe(
      "Whether there is a metrics server, which the embedded platform has not. Without one no service is scaled, whatever its `hpa` says.",
    ),
});

/** What everything runs on. A stack that moves to another kind changes nothing else. */
export const cluster = z.discriminatedUnion("kind", [embedded, kind, eks]);

export type WrittenCluster = z.output<typeof cluster>;
