import { type KubeClient, type KubernetesObject, type Resource, watchAll } from "../kube/index.ts";
import { type Health, type Log, paced, problemReporter } from "../standIn/index.ts";
import { type Admitted, admit, type Judges } from "./admit.ts";
import type { PrometheusFiles } from "./files.ts";
import { resources, type Snapshot } from "./objects.ts";
import { translate } from "./translate.ts";

/** At most one reload a second, however fast objects change. */
const pace = { gatherMs: 100, restMs: 900 };

export interface MetricsLoopOptions {
  readonly files: PrometheusFiles;
  readonly judges: Judges;
  /** Has Prometheus read its files; gives the reason when it did not. */
  readonly reload: () => Promise<string | undefined>;
  readonly log: Log;
  /** Told when the files cannot be written or promtool cannot be run: nothing that time mends. */
  readonly onFailure: (error: unknown) => void;
}

/** Keeps Prometheus in step with the cluster, from the first complete picture on. Gives its health. */
export function startMetricsLoop(client: KubeClient, { files, judges, reload, log, onFailure }: MetricsLoopOptions): () => Health {
  const report = problemReporter(client, log, { component: "sluice-metrics" });
  let isComplete = false;
  let health: Health = { ready: false, reason: undefined };
  // Nobody knows what a running Prometheus has read.
  let needsReload = true;

  const requestPass = paced(pass, pace, onFailure);
  function watch<T extends KubernetesObject>(resource: Resource<T>) {
    const onError = (error: Error) => log("warning", `watching ${resource.plural}: ${error.message}`);
    // A picture with parts missing would take targets away that are there.
    return watchAll(client, resource, { onChange: () => isComplete && requestPass(), onError });
  }
  const watched = {
    pods: watch(resources.pods),
    services: watch(resources.services),
    serviceMonitors: watch(resources.serviceMonitors),
    podMonitors: watch(resources.podMonitors),
    prometheusRules: watch(resources.prometheusRules),
  };

  const snapshot = (): Snapshot => ({
    pods: watched.pods.list(),
    services: watched.services.list(),
    serviceMonitors: watched.serviceMonitors.list(),
    podMonitors: watched.podMonitors.list(),
    prometheusRules: watched.prometheusRules.list(),
  });

  async function pass(): Promise<void> {
    const admitted = await admit(translate(snapshot()), judges);
    needsReload = (await files.write(admitted)).needsReload || needsReload;
    const reason = needsReload ? await reload() : undefined;
    if (needsReload) tellReload(admitted, reason);
    needsReload = reason !== undefined;
    // Prometheus may be on its way up again: it is asked until it has read the files.
    if (needsReload) requestPass();
    health = { ready: true, reason };
    report(admitted.problems);
  }

  function tellReload({ jobs, rules }: Admitted, reason: string | undefined): void {
    if (reason === undefined) log("info", "Prometheus reloaded", { jobs: jobs.length, ruleFiles: rules.length });
    else if (reason !== health.reason) log("error", `Prometheus did not reload: ${reason}`);
  }

  Promise.all(Object.values(watched).map(({ synced }) => synced)).then(() => {
    isComplete = true;
    requestPass();
  }, onFailure);
  return () => health;
}
