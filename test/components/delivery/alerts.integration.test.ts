import { ArgoCd, ImageUpdater, Rollouts } from "../../../components/delivery/index.ts";
import type { Part } from "../../../components/part.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { recordResources } from "../../support/mocks.ts";
import { type AlertCase, testAlerts } from "../../support/promtoolRules.ts";
import { argoCdArgs, namespace, rolloutsArgs } from "./args.ts";

const parts: Part[] = [];
await recordResources(() => {
  parts.push(
    new Rollouts("rollouts", rolloutsArgs),
    new ArgoCd("argocd", argoCdArgs),
    new ImageUpdater("image-updater", { chart: versions.charts["argocd-image-updater"], namespace }),
  );
});

type Labels = Readonly<Record<string, string>>;
const of = (labels: Labels) => `{${Object.entries(labels).map(([name, value]) => `${name}=${JSON.stringify(value)}`)}}`;

const deployments = {
  RolloutsDown: "rollouts",
  ArgoCdRepoServerDown: "argocd-repo-server",
  ArgoCdServerDown: "argocd-server",
  ImageUpdaterDown: "image-updater",
};
const downCases = Object.entries(deployments).flatMap(([alert, deployment]): readonly AlertCase[] => {
  const series = `kube_deployment_status_replicas_available${of({ namespace, deployment })}`;
  return [
    { alert, when: "when no pod is available", series: { [series]: "0x20" }, atMinutes: 15, firing: [{ namespace, deployment }] },
    { alert, when: "while one pod is there", series: { [series]: "1x20" }, atMinutes: 15, firing: [] },
  ];
});

const echo = { namespace: "apps", name: "echo" };
const shop = { project: "platform", name: "shop" };
const controller = { namespace, statefulset: "argocd-application-controller" };
const phase = (phase: string, values: string) => ({ [`rollout_info${of({ ...echo, phase })}`]: values });
const application = (labels: Labels, values: string) => ({ [`argocd_app_info${of({ ...shop, ...labels })}`]: values });
const syncs = (phase: string, values: string) => ({ [`argocd_app_sync_total${of({ ...shop, phase })}`]: values });

testAlerts(
  "delivery",
  parts.flatMap(({ alerts }) => alerts),
  [
    ...downCases,
    {
      alert: "RolloutReconcileErrors",
      when: "when the controller fails again and again",
      series: { [`rollout_reconcile_error${of(echo)}`]: "0+2x40" },
      atMinutes: 30,
      firing: [echo],
    },
    {
      alert: "RolloutReconcileErrors",
      when: "when it failed once",
      series: { [`rollout_reconcile_error${of(echo)}`]: "0x5 1x35" },
      atMinutes: 30,
      firing: [],
    },
    {
      alert: "RolloutStuck",
      when: "when a rollout went on to its first weight and waits there",
      series: { ...phase("Progressing", "1x10 _x80"), ...phase("Paused", "_x10 1x80") },
      atMinutes: 80,
      firing: [echo],
    },
    {
      alert: "RolloutStuck",
      when: "when a rollout takes half an hour",
      series: { ...phase("Paused", "1x30 stale"), ...phase("Completed", "_x30 1x60") },
      atMinutes: 80,
      firing: [],
    },
    {
      alert: "RolloutDegraded",
      when: "when it was rolled back",
      series: phase("Abort", "1x60"),
      atMinutes: 40,
      firing: [{ ...echo, phase: "Abort" }],
    },
    { alert: "RolloutDegraded", when: "when it was promoted", series: phase("Completed", "1x60"), atMinutes: 40, firing: [] },
    {
      alert: "ArgoCdControllerDown",
      when: "when its pod is not ready",
      series: { [`kube_statefulset_status_replicas_ready${of(controller)}`]: "0x20" },
      atMinutes: 15,
      firing: [controller],
    },
    {
      alert: "ArgoCdControllerDown",
      when: "when there is no such StatefulSet",
      series: { up: "1x20" },
      atMinutes: 15,
      firing: [controller],
    },
    {
      alert: "ArgoCdControllerDown",
      when: "while its pod is ready",
      series: { [`kube_statefulset_status_replicas_ready${of(controller)}`]: "1x20" },
      atMinutes: 15,
      firing: [],
    },
    {
      alert: "ApplicationOutOfSync",
      when: "when Git says otherwise for long",
      series: application({ sync_status: "OutOfSync" }, "1x90"),
      atMinutes: 80,
      firing: [shop],
    },
    {
      alert: "ApplicationOutOfSync",
      when: "while a sync is under way",
      series: { ...application({ sync_status: "OutOfSync" }, "1x5 stale"), ...application({ sync_status: "Synced" }, "_x5 1x90") },
      atMinutes: 80,
      firing: [],
    },
    {
      alert: "ApplicationUnhealthy",
      when: "when one of its objects is missing",
      series: application({ health_status: "Missing" }, "1x40"),
      atMinutes: 30,
      firing: [{ ...shop, health_status: "Missing" }],
    },
    {
      alert: "ApplicationUnhealthy",
      when: "while a rollout waits",
      series: application({ health_status: "Suspended" }, "1x40"),
      atMinutes: 30,
      firing: [],
    },
    {
      alert: "ApplicationSyncFailing",
      when: "when it fails again and again",
      series: syncs("Failed", "0+1x60"),
      atMinutes: 45,
      firing: [shop],
    },
    { alert: "ApplicationSyncFailing", when: "when it succeeds", series: syncs("Succeeded", "0+1x60"), atMinutes: 45, firing: [] },
  ],
);
