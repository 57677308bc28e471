import { z } from "zod";
import { chaos } from "./parts/chaos.ts";
import { ci } from "./parts/ci.ts";
import { cost } from "./parts/cost.ts";
import { data } from "./parts/data.ts";
import { delivery } from "./parts/delivery.ts";
import { ingress } from "./parts/ingress.ts";
import { load } from "./parts/load.ts";
import { meshPart } from "./parts/mesh.ts";
import { observability } from "./parts/observability.ts";
import { registry } from "./parts/registry.ts";
import { security } from "./parts/security.ts";

/** The parts that Sluice puts on a cluster and beside it. A part is there when it is named; `{}` takes all its defaults. */
export const platform = z.strictObject({
  observability: observability.optional().describe("Metrics, logs and traces, and who is told of what."),
  mesh: meshPart.optional().describe("Istio: who may call whom, and the weights of rollouts."),
  security: security.optional().describe("What guards the cluster: policies, secrets, certificates, a scanner."),
  ingress: ingress.optional().describe("How the world comes in."),
  delivery: delivery.optional().describe("How versions get in: Argo Rollouts, and Argo CD where it is asked for."),
  chaos: chaos.optional().describe("Faults that services must stand."),
  load: load.optional().describe("Whether a new version answers, and how much a service bears."),
  ci: ci.optional().describe("Jenkins."),
  cost: cost.optional().describe("What it costs, and who is told when it costs more."),
  registry: registry.optional().describe("Where images of one's own are kept, on AWS."),
  data: data.optional().describe("The sample event flow, on AWS."),
});

export type WrittenPlatform = z.output<typeof platform>;

export type PartName = keyof WrittenPlatform;
