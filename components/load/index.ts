import type * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import { type Alert, down } from "../../charts/alerts/index.ts";
import { type LoadRun, type LoadTarget, scriptsManifest, testRun } from "../../charts/load/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { type ChartSource, type HelmValues, helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { resources } from "../pods.ts";
import { refuse } from "../refuse.ts";
import { readScripts } from "./scripts.ts";
import { createSmokeJob } from "./smokeJob.ts";

export type { LoadObjective, LoadRun, LoadTarget, Profile } from "../../charts/load/index.ts";

export interface LoadArgs {
  readonly chart: ChartSource;
  /** Of the operator and of all runs. Best one of their own: what they send then comes from outside the services' namespace, as users' requests do. */
  readonly namespace: string;
  /** Images of k6 and of what starts its runners, by tag or digest. */
  readonly images: { readonly k6: string; readonly starter: string };
  /** Folder of the scripts: apps/load. */
  readonly scripts: string;
  /** Services that are asked whether they answer, each time something new of them runs. `up` fails where one does not. */
  readonly smoke: readonly SmokeArgs[];
  /** What was asked for. A run that is left out again is deleted with its pods and its log. */
  readonly runs: readonly LoadRun[];
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

export interface SmokeArgs {
  readonly target: LoadTarget;
  /** What runs, as its service tells it once it does. Another image is another smoke test. */
  readonly image: pulumi.Input<string>;
}

/** k6: a smoke test of every new version, and runs of load and stress where they are asked for. */
export class Load extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = [] as const;
  /** By service. */
  readonly smokeJobs: Readonly<Record<string, k8s.batch.v1.Job>>;

  constructor(name: string, args: LoadArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:load:Load", name, {}, options);
    const { chart, namespace, images, smoke, runs, values } = args;
    refuse(`load "${name}"`, runs.map(runProblem));
    const parent = { parent: this };

    const release = helmRelease(name, { source: chart, namespace, values: operatorValues(name), overrides: values }, parent);
    const created = { ...parent, held: new HeldOutputs() };
    const scripts = createObjects([scriptsManifest(namespace, readScripts(args.scripts))], created);
    const manifests = runs.map((run) => testRun(run, namespace, images));
    createObjects(manifests, { ...created, dependsOn: [release, ...scripts] });
    this.smokeJobs = Object.fromEntries(
      smoke.map(({ target, image }) => {
        const job = { target, image, namespace, k6: images.k6 };
        return [target.service, createSmokeJob(`${name}-smoke-${target.service}`, job, { ...parent, dependsOn: [...scripts] })];
      }),
    );

    this.alerts = loadAlerts(name, namespace);
    this.registerOutputs({});
  }
}

function operatorValues(name: string): HelmValues {
  return {
    fullnameOverride: name,
    // The namespace is there already, and guarded.
    namespace: { create: false },
    // With rights in the whole cluster, its default, it reads every secret of it.
    rbac: { namespaced: true },
    metrics: { serviceMonitor: { enabled: true } },
    manager: {
      logging: { development: false },
      resources: resources("20m", "64Mi", "128Mi"),
      podSecurityContext: { runAsNonRoot: true, seccompProfile: { type: "RuntimeDefault" } },
      containerSecurityContext: { allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: { drop: ["ALL"] } },
    },
  };
}

function loadAlerts(name: string, namespace: string): readonly Alert[] {
  const meaning = "No run of load begins or ends. Smoke tests do not need it.";
  return [
    down({ name: "LoadOperatorDown", severity: "ticket", namespace, deployment: `${name}-controller-manager`, meaning }),
    {
      name: "LoadRunFailed",
      severity: "ticket",
      forMinutes: 0,
      expr: `max by (namespace, job_name) (kube_job_status_failed{namespace="${namespace}"}) > 0`,
      summary: "{{ $labels.job_name }} did not keep its bounds, or did not run",
      description: `Which bound: kubectl -n ${namespace} logs job/{{ $labels.job_name }}. The alert ends with the next run of the service, or with this one's deletion.`,
    },
  ];
}

function runProblem({ target: { service }, rate, number }: LoadRun, index: number) {
  const at = `runs[${index}]`;
  if (!(rate > 0 && Number.isFinite(rate)))
    return { propertyPath: `${at}.rate`, reason: `${rate} requests a second for ${service} are not above 0` };
  if (!(Number.isInteger(number) && number >= 1))
    return { propertyPath: `${at}.number`, reason: `${number} is not a whole number of at least 1` };
  return false;
}
