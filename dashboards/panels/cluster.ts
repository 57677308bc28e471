// Argo CD, the API server and the nodes.
import * as units from "@grafana/grafana-foundation-sdk/units";
import { type PanelBuilder, stat, timeSeries } from "../kinds/index.ts";
import * as queries from "../queries/platform.ts";
import { FULL } from "./thresholds.ts";

export function outOfSync(): PanelBuilder {
  return stat({
    title: "Out of sync",
    description: "Applications of Argo CD that do not run as they are written.",
    unit: units.Short,
    query: { expr: queries.OUT_OF_SYNC, legend: "applications" },
    thresholds: [
      [0, "green"],
      [1, "yellow"],
    ],
  });
}

export function applications(): PanelBuilder {
  return timeSeries({
    title: "Applications",
    description: "Applications of Argo CD by health, and by whether they run as they are written.",
    unit: units.Short,
    stacked: true,
    queries: [{ expr: queries.APPLICATIONS, legend: "{{health_status}} {{sync_status}}" }],
  });
}

export function syncs(): PanelBuilder {
  return timeSeries({
    title: "Syncs",
    description: "Syncs that ended, by how they did.",
    unit: units.Short,
    queries: [{ expr: queries.SYNCS, legend: "{{phase}}" }],
  });
}

export function argoReconcile(): PanelBuilder {
  return timeSeries({
    title: "Argo CD: time for an application",
    description: "Time in which Argo CD compared 95 of 100 applications with what is written.",
    unit: units.Seconds,
    queries: [{ expr: queries.ARGO_RECONCILE, legend: "p95" }],
  });
}

export function apiErrors(): PanelBuilder {
  return timeSeries({
    title: "API server: errors",
    description: "Share of calls that the API server answered with 5xx, by verb.",
    unit: units.PercentUnit,
    queries: [{ expr: queries.API_ERRORS, legend: "{{verb}}" }],
  });
}

export function busiestNode(): PanelBuilder {
  return stat({
    title: "Busiest node",
    description: "CPU in use on the node that has most to do.",
    unit: units.PercentUnit,
    query: { expr: `max(${queries.NODE_CPU})`, legend: "cpu" },
    thresholds: FULL,
  });
}

export function nodeCpu(): PanelBuilder {
  return timeSeries({
    title: "Nodes: CPU",
    description: "Share of each node's cores that is in use.",
    unit: units.PercentUnit,
    max: 1,
    queries: [{ expr: queries.NODE_CPU, legend: "{{instance}}" }],
    thresholds: FULL,
  });
}

export function nodeMemory(): PanelBuilder {
  return timeSeries({
    title: "Nodes: memory",
    description: "Share of each node's memory that is in use and cannot be given up.",
    unit: units.PercentUnit,
    max: 1,
    queries: [{ expr: queries.NODE_MEMORY, legend: "{{instance}}" }],
    thresholds: FULL,
  });
}
