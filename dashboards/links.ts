import { DashboardLinkBuilder, DashboardLinkType } from "@grafana/grafana-foundation-sdk/dashboard";

/** On every board, so that each finds the others. */
export const TAG = "sluice";

/** The datasources that logs and traces are looked for in, by the uids they are to be given in Grafana. */
export const LOGS_UID = "loki";
export const TRACES_UID = "tempo";

/** A menu of all boards. The time, and those variables that the other board has too, go along. */
export function otherBoards(): DashboardLinkBuilder {
  return new DashboardLinkBuilder("Boards")
    .type(DashboardLinkType.Dashboards)
    .tags([TAG])
    .asDropdown(true)
    .includeVars(true)
    .keepTime(true);
}

/** Logs of the service's pods, in the board's range. */
export function logs(): DashboardLinkBuilder {
  return explore("Logs", LOGS_UID, { expr: '{namespace="$namespace", pod=~"$service-.+"}' });
}

/** Traces of the service that ended in an error, in the board's range. */
export function failedTraces(): DashboardLinkBuilder {
  return explore("Failed traces", TRACES_UID, { queryType: "traceql", query: '{resource.service.name="$service" && status=error}' });
}

function explore(title: string, uid: string, query: Readonly<Record<string, string>>): DashboardLinkBuilder {
  const pane = { datasource: uid, queries: [{ refId: "A", ...query }], range: { from: "$__from", to: "$__to" } };
  return new DashboardLinkBuilder(title)
    .type(DashboardLinkType.Link)
    .icon("external link")
    .url(`/explore?schemaVersion=1&panes=${encodePane(pane)}`)
    .targetBlank(true);
}

/** Grafana fills in variables in a link's text, so their dollar signs stay as they are. */
function encodePane(pane: unknown): string {
  return encodeURIComponent(JSON.stringify({ pane })).replaceAll("%24", "$");
}
