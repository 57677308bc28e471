import { AnnotationQueryBuilder } from "@grafana/grafana-foundation-sdk/dashboard";
import { DataqueryBuilder } from "@grafana/grafana-foundation-sdk/prometheus";
import { type Colour, prometheus } from "./kinds/index.ts";
import { PROMOTED, ROLLED_BACK } from "./queries/mesh.ts";
import { eventNow, FAILURES } from "./queries/rollouts.ts";
import { FIRING } from "./queries/slo.ts";

/** A version became the stable one, as the traffic shows it. */
export function promotions(): AnnotationQueryBuilder {
  return annotation("Promoted", "green", PROMOTED, "{{destination_canonical_revision}} promoted");
}

/** A version lost its traffic and did not become the stable one. */
export function rollbacks(): AnnotationQueryBuilder {
  return annotation("Rolled back", "red", ROLLED_BACK, "{{destination_canonical_revision}} rolled back");
}

/** A step of a rollout was completed, as its controller tells. */
export function steps(): AnnotationQueryBuilder {
  return annotation("Steps", "blue", eventNow("RolloutUpdated|RolloutStepCompleted"), "{{reason}}");
}

/** A rollout failed, as its controller tells. */
export function failures(): AnnotationQueryBuilder {
  return annotation("Failures", "orange", eventNow(FAILURES), "{{reason}}");
}

/** An alert of the service's SLOs fires. */
export function alerts(): AnnotationQueryBuilder {
  return annotation("Alerts", "yellow", FIRING, "{{alertname}} {{slo}} {{window}}");
}

/** Something is broken on purpose (Litmus). */
export function chaosRuns(): AnnotationQueryBuilder {
  const running = 'litmuschaos_awaited_experiments{chaosresult_namespace="$namespace"} > 0';
  return annotation("Chaos", "purple", running, "{{fault_name}} {{chaosengine_name}}");
}

function annotation(name: string, colour: Colour, expr: string, title: string): AnnotationQueryBuilder {
  return new AnnotationQueryBuilder()
    .name(name)
    .datasource(prometheus)
    .enable(true)
    .iconColor(colour)
    .target(new DataqueryBuilder().datasource(prometheus).expr(expr).refId("A").range())
    .expr(expr)
    .titleFormat(title);
}
