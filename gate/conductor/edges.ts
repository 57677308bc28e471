// The real world outside of the conductor: time, the console, this process, the cluster and Prometheus.
import { hostname } from "node:os";
import { type Push, pushTo } from "../telemetry/push.ts";
import { type Cluster, clusterOver } from "./cluster.ts";
import type { Clock } from "./conducting.ts";
import { listenForStops, type Stops } from "./engine.ts";
import type { GateInputs } from "./inputs.ts";
import { connect } from "./kube.ts";
import { type Metrics, metricsFrom, prometheusOf } from "./prometheus.ts";
import type { Source } from "./queries.ts";

/** Everything a conductor does I/O with. Tests put their own in. */
export interface Edges {
  readonly clock: Clock;
  /** One line for the operator. */
  readonly output: (line: string) => void;
  /** Who conducts: host/pid/start. */
  readonly identity: string;
  readonly listen: () => Stops;
  readonly connect: (inputs: GateInputs) => Promise<Connections>;
}

export interface Connections {
  readonly cluster: Cluster;
  readonly metrics: (source: Source) => Metrics;
  /** Where the gate's own series go. None: nobody is told. */
  readonly push?: Push;
}

const realClock: Clock = {
  now: () => Date.now(),
  sleep: (ms, signal) =>
    new Promise((resolve) => {
      if (signal.aborted) return resolve();
      const end = () => {
        clearTimeout(timer);
        signal.removeEventListener("abort", end);
        resolve();
      };
      const timer = setTimeout(end, ms);
      signal.addEventListener("abort", end);
    }),
};

export function realEdges(): Edges {
  return {
    clock: realClock,
    // Pulumi shows what a dynamic provider prints as it comes.
    output: (line) => console.log(line),
    identity: `${hostname()}/${process.pid}/${new Date().toISOString()}`,
    listen: () => listenForStops(),
    async connect(inputs) {
      const kube = await connect(inputs.kubeconfig);
      const get = prometheusOf(inputs.prometheus, kube);
      return {
        cluster: clusterOver(kube, inputs),
        metrics: (source) => metricsFrom(get, source, inputs.slis),
        push: pushTo(inputs.prometheus, kube),
      };
    },
  };
}
