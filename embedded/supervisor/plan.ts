import { z } from "zod";

/** How to tell that a part is ready. */
const Probe = z.discriminatedUnion("kind", [
  z.object({
    kind: z.literal("http"),
    /** Ready when a GET answers 200. */
    url: z.url(),
    /** Unix socket to ask instead of the URL's host. */
    socketPath: z.string().optional(),
    /** PEM of the authority to trust; read at each try, because some parts write their certificate themselves. */
    caFile: z.string().optional(),
  }),
  /** Ready when the part has logged this text since it was started. */
  z.object({ kind: z.literal("log"), text: z.string() }),
  /** A task rather than a service: ready when it has ended with code 0. */
  z.object({ kind: z.literal("exit") }),
]);

const PartPlan = z.object({
  name: z.string(),
  command: z.string(),
  args: z.array(z.string()),
  /** On top of the supervisor's own environment. */
  env: z.record(z.string(), z.string()).default({}),
  /** Started when all of these are ready, stopped before any of them. */
  needs: z.array(z.string()),
  probe: Probe,
  /** Seconds from its start in which the part must be ready. */
  readySeconds: z.number().positive(),
  /** Seconds between SIGTERM and SIGKILL. */
  stopSeconds: z.number().nonnegative(),
  /** Starts processes of its own: stopped before all other parts, and what it leaves behind is ended too. */
  startsOthers: z.boolean(),
});

/** All that a supervisor has to know, as it stands in plan.json. Holds no secrets. */
export const Plan = z.object({
  /** The platform's id: value of SLUICE_PLATFORM in every process. */
  id: z.string(),
  /** Working directory of the parts. */
  directory: z.string(),
  logs: z.string(),
  statusFile: z.string(),
  parts: z.array(PartPlan),
});

export type Probe = z.infer<typeof Probe>;
export type PartPlan = z.infer<typeof PartPlan>;
export type Plan = z.infer<typeof Plan>;
