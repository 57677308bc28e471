import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import * as units from "@grafana/grafana-foundation-sdk/units";
import * as annotations from "./annotations.ts";
import { board } from "./board.ts";
import { type PanelBuilder, stat } from "./kinds/index.ts";
import { failedTraces, logs } from "./links.ts";
import * as gate from "./panels/gate.ts";
import * as pods from "./panels/pods.ts";
import * as rollout from "./panels/rollout.ts";
import * as slo from "./panels/slo.ts";
import * as traffic from "./panels/traffic.ts";
import * as mesh from "./queries/mesh.ts";
import * as variables from "./variables.ts";

/** One rollout while it happens, and afterwards: is the new version as good as the old one? */
export function release(): Dashboard {
  return board({
    name: "release",
    title: "Release",
    description: "A rollout of one service: its weight, what the gate makes of it, canary against stable, its SLOs, its pods.",
    variables: [variables.datasource(), variables.reporter(), variables.namespace(), variables.service(), variables.revision()],
    annotations: [
      annotations.promotions(),
      annotations.rollbacks(),
      annotations.steps(),
      annotations.failures(),
      annotations.alerts(),
      annotations.chaosRuns(),
    ],
    links: [logs(), failedTraces()],
    rows: [
      {
        title: "Now",
        panels: [rollout.phase(), traffic.weight(), canaryErrors(), canaryLatency(), slo.fastestBurn(), slo.budgetLeftNow()],
      },
      {
        title: "Gate",
        panels: [
          gate.verdict(),
          gate.step(),
          gate.leastGood(),
          gate.worseNow(),
          gate.timeLeft(),
          gate.missed(),
          gate.good(),
          gate.worse(),
          gate.counts(),
        ],
      },
      { title: "Canary against stable", panels: [traffic.weightOverTime(), traffic.requestRate(), traffic.errorShare(), slo.badShares()] },
      { title: "Latency", panels: [traffic.latency(50), traffic.latency(95), traffic.latency(99)] },
      { title: "In numbers", panels: [traffic.sidesCompared()] },
      { title: "Error budget", panels: [slo.burnRates(), slo.budgetLeft()] },
      { title: "Pods", panels: [pods.podsScraped(), pods.replicas(), pods.restarts()] },
    ],
  });
}

function canaryErrors(): PanelBuilder {
  return stat({
    title: "Canary's errors",
    description: "Share of the canary's requests that were answered with 5xx. No data while it has no requests.",
    unit: units.PercentUnit,
    query: { expr: mesh.errorShare("", mesh.CANARY), legend: "canary" },
  });
}

function canaryLatency(): PanelBuilder {
  return stat({
    title: "Canary's p95",
    description: "Time in which 95 of 100 requests to the canary were answered. No data while it has no requests.",
    unit: units.Milliseconds,
    query: { expr: mesh.latency(0.95, "", mesh.CANARY), legend: "canary" },
  });
}
