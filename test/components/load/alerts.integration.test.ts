import type { Alert } from "../../../charts/alerts/index.ts";
import { Load } from "../../../components/load/index.ts";
import { recordResources } from "../../support/mocks.ts";
import { testAlerts } from "../../support/promtoolRules.ts";
import { args } from "./args.ts";

const alerts: Alert[] = [];
await recordResources(() => {
  alerts.push(...new Load("k6", args).alerts);
});

const deployment = { namespace: "load", deployment: "k6-controller-manager" };
const available = `kube_deployment_status_replicas_available{namespace="load",deployment="k6-controller-manager"}`;
const failed = (namespace: string) =>
  `kube_job_status_failed{namespace="${namespace}",job_name="echo-load-1-1",reason="BackoffLimitExceeded"}`;

testAlerts("load", alerts, [
  { alert: "LoadOperatorDown", when: "when no pod is available", series: { [available]: "0x20" }, atMinutes: 10, firing: [deployment] },
  { alert: "LoadOperatorDown", when: "while its pod is there", series: { [available]: "1x20" }, atMinutes: 10, firing: [] },
  {
    alert: "LoadRunFailed",
    when: "when a bound was crossed",
    series: { [failed("load")]: "0x5 1x20" },
    atMinutes: 10,
    firing: [{ namespace: "load", job_name: "echo-load-1-1" }],
  },
  { alert: "LoadRunFailed", when: "when a Job of somebody else fails", series: { [failed("apps")]: "1x20" }, atMinutes: 10, firing: [] },
]);
