import type { Alert } from "../charts/alerts/index.ts";
import type { BoardName } from "../dashboards/index.ts";

/**
 * What a component of the platform brings along besides its resources. infra/ folds over all parts: their alerts become PrometheusRules, their
 * boards are provisioned into Grafana, once there is something that takes them.
 */
export interface Part {
  /** What somebody must be told of when this part is ill. */
  readonly alerts: readonly Alert[];
  /** Where one looks at this part. */
  readonly boards: readonly BoardName[];
}
