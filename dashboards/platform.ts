import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { board } from "./board.ts";
import * as cluster from "./panels/cluster.ts";
import * as controller from "./panels/controller.ts";
import * as gate from "./panels/gate.ts";
import * as meshHealth from "./panels/meshHealth.ts";
import * as prometheus from "./panels/prometheus.ts";
import * as variables from "./variables.ts";

/** What everything else stands on: is it up, does it keep up, does it refuse anything? */
export function platform(): Dashboard {
  return board({
    name: "platform",
    title: "Platform",
    description: "The parts of the platform: mesh, rollouts and their gate, Prometheus, Argo CD, the API server and the nodes.",
    range: "6h",
    variables: [variables.datasource()],
    rows: [
      {
        title: "Now",
        panels: [
          prometheus.targetsDown(),
          meshHealth.refusedNow(),
          controller.waiting(),
          prometheus.ruleFailures(),
          cluster.outOfSync(),
          cluster.busiestNode(),
        ],
      },
      { title: "Mesh", panels: [meshHealth.refused(), meshHealth.pushes(), meshHealth.convergence()] },
      {
        title: "Rollouts and gate",
        panels: [
          controller.phases(),
          controller.analyses(),
          controller.reconcileTime(),
          controller.reconcileErrors(),
          controller.queue(),
          controller.apiCalls(),
          gate.looks(),
          gate.missedByReason(),
          gate.verdictsOfAll(),
        ],
      },
      { title: "Prometheus", panels: [prometheus.series(), prometheus.samples(), prometheus.ruleTime()] },
      { title: "Argo CD", panels: [cluster.applications(), cluster.syncs(), cluster.argoReconcile()] },
      { title: "Cluster", panels: [cluster.apiErrors(), cluster.nodeCpu(), cluster.nodeMemory()] },
    ],
  });
}
