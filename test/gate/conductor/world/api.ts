// The API server as conductors ask it: the Rollout's controller behind it, and a Lease that refuses writes on an old reading.
import type { Cluster, LeaseFields, LeaseView } from "../../../../gate/conductor/cluster.ts";
import { Unavailable } from "../../../../gate/conductor/kube.ts";
import type { RolloutView } from "../../../../gate/conductor/rollout.ts";
import type { Controller } from "./controller.ts";

/** Gives a value to whoever asks, as long as both live. */
export type Answer = <T>(value: () => T | Promise<T>) => Promise<T>;

export interface Api {
  clusterFor(answer: Answer): Cluster;
  /** Which part of the requests is copied, in percent. */
  copied(): number;
  lease(): LeaseView | undefined;
  setLease(next: LeaseFields): void;
  stop(): void;
  start(): void;
}

export function api(controller: Controller): Api {
  let lease: LeaseView | undefined;
  let writes = 0;
  let isUp = true;
  let copied = 0;

  const put = (next: LeaseFields) => (lease = { ...next, resourceVersion: String(++writes) });

  function clusterFor(answer: Answer): Cluster {
    const ask = <T>(act: () => T) =>
      answer(() => {
        if (!isUp) throw new Unavailable("connect ECONNREFUSED 127.0.0.1:6443");
        return act();
      });
    const write = (act: () => void) => (read: RolloutView) =>
      ask(() => {
        if (read.resourceVersion !== controller.view().resourceVersion) return "conflict" as const;
        act();
        return "done" as const;
      });
    return {
      rollout: () => ask(controller.view),
      made: (revision) => ask(() => controller.made(revision)),
      advance: write(controller.advance),
      abort: write(() => controller.abort()),
      clearAbort: write(controller.clearAbort),
      canaryPods: () => ask(controller.canaryPods),
      copy: (copies) =>
        ask(() => {
          copied = copies?.percent ?? 0;
          return "done" as const;
        }),
      readLease: () => ask(() => lease),
      writeLease: (fields, _uid, resourceVersion) => ask(() => (lease?.resourceVersion === resourceVersion ? put(fields) : "conflict")),
    };
  }

  return {
    clusterFor,
    copied: () => copied,
    lease: () => lease,
    setLease: (next) => void put(next),
    stop() {
      isUp = false;
    },
    start() {
      isUp = true;
    },
  };
}
