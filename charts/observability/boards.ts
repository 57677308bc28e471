import type { Manifest } from "../manifest.ts";

/** A board as Grafana's provisioning reads it. */
export interface Board {
  /** Lower-case letters, digits and dashes. */
  readonly name: string;
  readonly json: string;
}

/** What Grafana's sidecar looks for; the Prometheus stack's chart has the same. */
const LABELS = { grafana_dashboard: "1" };

/** One object a board: Grafana takes a changed one within a minute, and a board is gone with its object. */
export function boardManifests(boards: readonly Board[], namespace: string): readonly Manifest[] {
  return boards.map(({ name, json }) => ({
    apiVersion: "v1",
    kind: "ConfigMap",
    metadata: { name: `sluice-board-${name}`, namespace, labels: LABELS },
    data: { [`sluice-${name}.json`]: json },
  }));
}
