import { meshAlerts } from "../../../components/mesh/alerts.ts";
import { testAlerts } from "../../support/promtoolRules.ts";

const istiod = 'kube_deployment_status_replicas_available{namespace="istio-system",deployment="istiod"}';
const rejects = 'pilot_total_xds_rejects{type="rds",pod="istiod-1"}';
const converged = (le: string) => `pilot_proxy_convergence_time_bucket{le="${le}",pod="istiod-1"}`;
const certificate = (name: string) => `istio_agent_cert_expiry_seconds{namespace="apps",pod="echo-1",resource_name="${name}"}`;
const ready = 'istio_cni_install_ready{namespace="istio-system",pod="istio-cni-node-1"}';
const nodeProxy = 'up{job="istio-system/ztunnel",namespace="istio-system",pod="ztunnel-1"}';

testAlerts("mesh", meshAlerts("ambient"), [
  {
    alert: "IstiodDown",
    when: "when no copy is available",
    series: { [istiod]: "0x20" },
    atMinutes: 6,
    firing: [{ namespace: "istio-system", deployment: "istiod" }],
  },
  { alert: "IstiodDown", when: "while one of two is", series: { [istiod]: "1x20" }, atMinutes: 20, firing: [] },

  {
    alert: "MeshConfigRejected",
    when: "at the first rejection there ever was",
    series: { [rejects]: "_x10 1x20" },
    atMinutes: 17,
    firing: [{ type: "rds" }],
  },
  {
    alert: "MeshConfigRejected",
    when: "when there are more",
    series: { [rejects]: "3x20 4x20" },
    atMinutes: 28,
    firing: [{ type: "rds" }],
  },
  { alert: "MeshConfigRejected", when: "when the last one is long ago", series: { [rejects]: "3x60" }, atMinutes: 60, firing: [] },

  {
    alert: "MeshSlowToConverge",
    when: "when one change of ten takes twenty seconds",
    series: { [converged("10")]: "0+9x40", [converged("20")]: "0+10x40", [converged("+Inf")]: "0+10x40" },
    atMinutes: 30,
    firing: [{}],
  },
  {
    alert: "MeshSlowToConverge",
    when: "when all are there within ten seconds",
    series: { [converged("10")]: "0+10x40", [converged("20")]: "0+10x40", [converged("+Inf")]: "0+10x40" },
    atMinutes: 30,
    firing: [],
  },

  {
    alert: "MeshCertificateEndsSoon",
    when: "when it was not renewed after half its life",
    series: { [certificate("default")]: "18000-60x40" },
    atMinutes: 20,
    firing: [{ namespace: "apps", pod: "echo-1" }],
  },
  {
    alert: "MeshCertificateEndsSoon",
    when: "of the root, which is another matter",
    series: { [certificate("default")]: "80000-60x40", [certificate("ROOTCA")]: "60x40" },
    atMinutes: 20,
    firing: [],
  },

  {
    alert: "MeshRootCertificateEndsSoon",
    when: "29 days before its end",
    series: { citadel_server_root_cert_expiry_timestamp: `${29 * 86_400}x90` },
    atMinutes: 70,
    firing: [{}],
  },
  {
    alert: "MeshRootCertificateEndsSoon",
    when: "a year before its end",
    series: { citadel_server_root_cert_expiry_timestamp: `${365 * 86_400}x90` },
    atMinutes: 70,
    firing: [],
  },

  {
    alert: "MeshNodeAgentNotReady",
    when: "when a node is not set up",
    series: { [ready]: "0x20" },
    atMinutes: 11,
    firing: [{ namespace: "istio-system", pod: "istio-cni-node-1" }],
  },
  {
    alert: "MeshNodeAgentNotReady",
    when: "while one is set up for the first time",
    series: { [ready]: "0x5 1x20" },
    atMinutes: 20,
    firing: [],
  },

  {
    alert: "MeshNodeProxyDown",
    when: "when one does not answer",
    series: { [nodeProxy]: "0x20" },
    atMinutes: 6,
    firing: [{ namespace: "istio-system", pod: "ztunnel-1" }],
  },
  { alert: "MeshNodeProxyDown", when: "when all answer", series: { [nodeProxy]: "1x20" }, atMinutes: 10, firing: [] },
]);
