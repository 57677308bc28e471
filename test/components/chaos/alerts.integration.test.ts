import type { Alert } from "../../../charts/alerts/index.ts";
import { Chaos } from "../../../components/chaos/index.ts";
import { recordResources } from "../../support/mocks.ts";
import { testAlerts } from "../../support/promtoolRules.ts";
import { args } from "./args.ts";

const alerts: Alert[] = [];
await recordResources(() => {
  alerts.push(...new Chaos("litmus", args).alerts);
});

const deployment = { namespace: "chaos", deployment: "litmus" };
const available = `kube_deployment_status_replicas_available{namespace="chaos",deployment="litmus"}`;
const run = { chaosengine_name: "echo-pod-delete", fault_name: "pod-delete" };
const labels = `chaosengine_name="echo-pod-delete",fault_name="pod-delete"`;
const verdict = (word: string) => `litmuschaos_experiment_verdict{${labels},chaosresult_verdict="${word}",probe_success_percentage="50"}`;
const awaited = `litmuschaos_awaited_experiments{${labels},workflow_name=""}`;

testAlerts("chaos", alerts, [
  { alert: "ChaosOperatorDown", when: "when no pod is available", series: { [available]: "0x20" }, atMinutes: 10, firing: [deployment] },
  { alert: "ChaosOperatorDown", when: "while its pod is there", series: { [available]: "1x20" }, atMinutes: 10, firing: [] },
  {
    alert: "ChaosExperimentFailed",
    when: "for an hour after a verdict that was there for one scrape",
    series: { [verdict("Fail")]: "_x10 1 0x40" },
    atMinutes: 45,
    firing: [run],
  },
  {
    alert: "ChaosExperimentFailed",
    when: "when the service stood it",
    series: { [verdict("Pass")]: "_x10 1 0x40" },
    atMinutes: 20,
    firing: [],
  },
  { alert: "ChaosExperimentHangs", when: "when a run does not end", series: { [awaited]: "1x60" }, atMinutes: 45, firing: [run] },
  {
    alert: "ChaosExperimentHangs",
    when: "when a run takes five minutes",
    series: { [awaited]: "0x5 1x5 0x60" },
    atMinutes: 45,
    firing: [],
  },
]);
