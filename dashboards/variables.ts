import type { Builder } from "@grafana/grafana-foundation-sdk/cog";
import {
  CustomVariableBuilder,
  DatasourceVariableBuilder,
  QueryVariableBuilder,
  type VariableModel,
  VariableRefresh,
  VariableSort,
} from "@grafana/grafana-foundation-sdk/dashboard";
import { prometheus } from "./kinds/index.ts";
import * as mesh from "./queries/mesh.ts";
import { ANY_REVISION, REVISIONS } from "./queries/pods.ts";
import * as slo from "./queries/slo.ts";

export type Variable = Builder<VariableModel>;

/** A mesh says "unknown" where a request ended before it had a destination. */
const KNOWN = "/^(?!unknown$).+/";

/** Which Prometheus is asked. */
export function datasource(): Variable {
  return new DatasourceVariableBuilder("datasource").label("Data source").type("prometheus");
}

/** Whose count of a request is believed. The caller's proxy also counts what never reached the service. */
export function reporter(): Variable {
  return new CustomVariableBuilder("reporter")
    .label("Reporter")
    .description("The proxy that counts: the caller's (source), the service's own (destination), or an ambient mesh's (waypoint)")
    .values("source,destination,waypoint")
    .current({ selected: true, text: "source", value: "source" });
}

export function namespace(): Variable {
  return query("namespace", "Namespace", mesh.NAMESPACES).regex(KNOWN);
}

/** Namespaces of a board that looks at many services at once. @param labelValues where they are found */
export function namespaces(labelValues: string): Variable {
  return many(query("namespace", "Namespace", labelValues));
}

export function service(): Variable {
  return query("service", "Service", mesh.SERVICES).regex(KNOWN);
}

/** Services that have a Rollout. */
export function rollouts(): Variable {
  return many(query("service", "Service", 'label_values(rollout_info{namespace=~"$namespace"}, name)'));
}

/** Services that have an SLO. */
export function sloServices(): Variable {
  return many(query("service", "Service", slo.SERVICES));
}

/** Revisions of the service that have pods, by their pod-template-hash. */
export function revision(): Variable {
  return many(query("revision", "Revision", REVISIONS)).allValue(ANY_REVISION);
}

function query(name: string, label: string, labelValues: string): QueryVariableBuilder {
  return new QueryVariableBuilder(name)
    .label(label)
    .datasource(prometheus)
    .query(labelValues)
    .refresh(VariableRefresh.OnTimeRangeChanged)
    .sort(VariableSort.AlphabeticalAsc);
}

/** Any number of values, all of them at first. */
function many(variable: QueryVariableBuilder): QueryVariableBuilder {
  return variable.multi(true).includeAll(true).allValue(".+").current({ selected: true, text: "All", value: "$__all" });
}
