import type { Alert } from "../../../charts/alerts/index.ts";
import { Ci } from "../../../components/ci/index.ts";
import { recordResources } from "../../support/mocks.ts";
import { testAlerts } from "../../support/promtoolRules.ts";
import { args } from "./args.ts";

const alerts: Alert[] = [];
await recordResources(() => {
  alerts.push(...new Ci("jenkins", args).alerts);
});

const ready = `kube_statefulset_status_replicas_ready{namespace="cicd",statefulset="jenkins"}`;
const down = { namespace: "cicd", statefulset: "jenkins" };
const queue = `default_jenkins_executors_queue_length{label="build"}`;
const claim = { namespace: "cicd", persistentvolumeclaim: "jenkins" };
const bytes = (what: string) => `kubelet_volume_stats_${what}_bytes{namespace="cicd",persistentvolumeclaim="jenkins",node="a"}`;

testAlerts("ci", alerts, [
  { alert: "JenkinsDown", when: "when it does not start", series: { [ready]: "0x30" }, atMinutes: 20, firing: [down] },
  { alert: "JenkinsDown", when: "when it is not there at all", series: { up: "1x30" }, atMinutes: 20, firing: [down] },
  { alert: "JenkinsDown", when: "while it starts anew", series: { [ready]: "1x5 0x5 1x20" }, atMinutes: 20, firing: [] },
  { alert: "JenkinsBuildsWait", when: "when no agent comes", series: { [queue]: "2x60" }, atMinutes: 45, firing: [{ label: "build" }] },
  { alert: "JenkinsBuildsWait", when: "while agents start", series: { [queue]: "2x5 0x5 3x5 0x50" }, atMinutes: 45, firing: [] },
  {
    alert: "JenkinsVolumeFull",
    when: "when a twentieth is left",
    series: { [bytes("available")]: "1x60", [bytes("capacity")]: "20x60" },
    atMinutes: 45,
    firing: [claim],
  },
  {
    alert: "JenkinsVolumeFull",
    when: "while a half is left",
    series: { [bytes("available")]: "10x60", [bytes("capacity")]: "20x60" },
    atMinutes: 45,
    firing: [],
  },
]);
