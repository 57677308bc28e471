import type { Resource } from "../kube/index.ts";
import { type MonitoringObject, type ObjectRef, type Problem, refTo, resources, type Snapshot } from "./objects.ts";
import { readSpec } from "./readSpec.ts";
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
    reader: (object: MonitoringObject) => Read<T>,
  ) {
    return objects.flatMap((item) => {
      const object = refTo(item, resource);
      const { result, problems: messages } = reader(item);
      problems.push(...messages.map((message): Problem => ({ object, reason: "NotSupported", message })));
      return result === undefined ? [] : [{ object, result }];
    });
  }

  const services = read(snapshot.serviceMonitors, resources.serviceMonitors, (monitor) => {
    const { spec, problems } = readSpec(serviceMonitorSpec, monitor.spec);
    return { result: spec && serviceMonitorJobs(monitor, spec, cluster), problems };
  });
  const pods = read(snapshot.podMonitors, resources.podMonitors, (monitor) => {
    const { spec, problems } = readSpec(podMonitorSpec, monitor.spec);
    return { result: spec && podMonitorJobs(monitor, spec, cluster), problems };
  });
  const rules = read(snapshot.prometheusRules, resources.prometheusRules, (rule) => {
    const { rules, problems } = ruleFileOf(rule);
    return { result: rules, problems };
  });
  return {
    monitors: [...services, ...pods].map(({ object, result }) => ({ object, jobs: result })),
    rules: rules.map(({ object, result }) => ({ object, ...result })),
    problems,
  };
}

interface Read<T> {
  readonly result: T | undefined;
  readonly problems: readonly string[];
}
