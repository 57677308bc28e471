import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import * as units from "@grafana/grafana-foundation-sdk/units";
import { board } from "./board.ts";
import { bars, type PanelBuilder, stat, type Threshold, table, timeSeries } from "./kinds/index.ts";
import * as cost from "./queries/cost.ts";
import * as variables from "./variables.ts";

/** What the cluster costs, who causes it, and how much of it is for nothing. */
export function costs(): Dashboard {
  return board({
    name: "cost",
    title: "Cost",
    description: "What the cluster costs by OpenCost's prices: by namespace, by service, and the share that nobody uses.",
    range: "24h",
    variables: [variables.datasource(), variables.namespaces("label_values(container_cpu_allocation, namespace)")],
    rows: [
      { title: "Now", panels: [nodes(), idle(), volumes(), loadBalancers()] },
      { title: "Who causes it", panels: [byNamespace(), byService(), monthly()] },
      { title: "What is bought and not used", panels: [cpuUse(), memoryUse()] },
    ],
  });
}

/** Some idle room is what a node's failure or a rollout's second set of pods is taken from; above a half it is waste. */
const IDLE: readonly Threshold[] = [
  [0, "orange"],
  [0.1, "green"],
  [0.35, "yellow"],
  [0.5, "red"],
];

function nodes(): PanelBuilder {
  return aMonth("Nodes", "What all nodes would cost in a month of 730 hours if it stayed as it is now.", cost.NODES_HOURLY);
}

function idle(): PanelBuilder {
  return stat({
    title: "Idle",
    description: "Share of the nodes' cost that no container holds.",
    unit: units.PercentUnit,
    span: 6,
    query: { expr: cost.IDLE_SHARE, legend: "idle" },
    thresholds: IDLE,
  });
}

function volumes(): PanelBuilder {
  return aMonth("Volumes", "What all persistent volumes would cost in a month of 730 hours.", `sum(${cost.VOLUMES_HOURLY})`);
}

function loadBalancers(): PanelBuilder {
  const description = "What all load balancers would cost in a month of 730 hours, their traffic not included.";
  return aMonth("Load balancers", description, cost.LOAD_BALANCERS_HOURLY);
}

function aMonth(what: string, description: string, hourly: string): PanelBuilder {
  const query = { expr: `${cost.HOURS_A_MONTH} * ${hourly}`, legend: what.toLowerCase() };
  return stat({ title: `${what}, a month`, description, unit: units.Dollars, span: 6, query });
}

function byNamespace(): PanelBuilder {
  return timeSeries({
    title: "By namespace",
    description: "Dollars an hour of the cores and the memory that each namespace's containers hold.",
    unit: units.Dollars,
    span: 12,
    stacked: true,
    queries: [{ expr: cost.hourly("namespace"), legend: "{{namespace}}" }],
  });
}

function byService(): PanelBuilder {
  return bars({
    title: "By service",
    description: "Dollars an hour of the ten most expensive services, both revisions of a rollout included.",
    unit: units.Dollars,
    span: 12,
    query: { expr: `topk(10, ${cost.HOURLY_BY_SERVICE})`, legend: "{{namespace}} {{service}}" },
  });
}

function monthly(): PanelBuilder {
  return table({
    title: "Namespaces, a month",
    description: "What each namespace would cost in a month of 730 hours, and how much of what it holds it uses.",
    span: 24,
    keys: { namespace: "Namespace" },
    columns: [
      { title: "A month", expr: `${cost.HOURS_A_MONTH} * ${cost.hourly("namespace")}`, unit: units.Dollars },
      { title: "CPU used", expr: cost.CPU_USED, unit: units.PercentUnit },
      { title: "Memory used", expr: cost.MEMORY_USED, unit: units.PercentUnit },
    ],
  });
}

function cpuUse(): PanelBuilder {
  return timeSeries({
    title: "CPU used of CPU held",
    description: "Share of the cores that each namespace holds and also uses. Far below 1 its reservations are too high.",
    unit: units.PercentUnit,
    span: 12,
    queries: [{ expr: cost.CPU_USED, legend: "{{namespace}}" }],
  });
}

function memoryUse(): PanelBuilder {
  return timeSeries({
    title: "Memory used of memory held",
    description: "Share of the memory that each namespace holds and also uses. Near 1 a container may be ended for want of memory.",
    unit: units.PercentUnit,
    span: 12,
    queries: [{ expr: cost.MEMORY_USED, legend: "{{namespace}}" }],
  });
}
