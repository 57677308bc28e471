import { type ObjectRef, type Resource, refTo } from "../kube/index.ts";
import { type Problem, type Report, readSpec, reportInto } from "../standIn/index.ts";
import { type MonitoringObject, resources, type Snapshot } from "./objects.ts";
import { type RuleFile, ruleFileOf } from "./rules.ts";
import { type Cluster, podMonitorJobs, type ScrapeJob, serviceMonitorJobs } from "./scrapeJobs.ts";
import { indexByLabels } from "./selection.ts";
import { podMonitorSpec, serviceMonitorSpec } from "./spec.ts";

/** What the cluster asks of Prometheus, before Prometheus was asked whether it takes it. */
export interface Translation {
  readonly monitors: readonly { readonly object: ObjectRef; readonly jobs: readonly ScrapeJob[] }[];
  readonly rules: readonly (RuleFile & { readonly object: ObjectRef })[];
  /** What the objects ask for and do not get. */
  readonly problems: readonly Problem[];
}

/** Turns all monitors and rules of the cluster into scrape jobs and rule files, with the semantics of the Prometheus operator. */
export function translate(snapshot: Snapshot): Translation {
  const cluster: Cluster = { services: indexByLabels(snapshot.services), pods: indexByLabels(snapshot.pods) };
  const problems: Problem[] = [];

  function read<T>(
    objects: readonly MonitoringObject[],
    resource: Resource<MonitoringObject>,
    reader: (object: MonitoringObject, report: Report) => T | undefined,
  ) {
    return objects.flatMap((item) => {
      const object = refTo(item, resource);
      const result = reader(item, reportInto(problems, object, "NotSupported"));
      return result === undefined ? [] : [{ object, result }];
    });
  }

  const services = read(snapshot.serviceMonitors, resources.serviceMonitors, (monitor, report) => {
    const spec = readSpec(serviceMonitorSpec, monitor.spec, report);
    return spec && serviceMonitorJobs(monitor, spec, cluster);
  });
  const pods = read(snapshot.podMonitors, resources.podMonitors, (monitor, report) => {
    const spec = readSpec(podMonitorSpec, monitor.spec, report);
    return spec && podMonitorJobs(monitor, spec, cluster);
  });
  const rules = read(snapshot.prometheusRules, resources.prometheusRules, ruleFileOf);
  return {
    monitors: [...services, ...pods].map(({ object, result }) => ({ object, jobs: result })),
    rules: rules.map(({ object, result }) => ({ object, ...result })),
    problems,
  };
}
