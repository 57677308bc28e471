import type { Part } from "../../../components/part.ts";
import { Certificates, ExternalSecrets, PolicyEngine, SealedSecrets, VulnerabilityScanner } from "../../../components/security/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { recordResources } from "../../support/mocks.ts";
import { type AlertCase, testAlerts } from "../../support/promtoolRules.ts";

const namespace = "security";
const { charts } = versions;
const parts: Part[] = [];
await recordResources(() => {
  parts.push(
    new PolicyEngine("kyverno", { chart: charts.kyverno, namespace, replicas: 2 }),
    new ExternalSecrets("external-secrets", { chart: charts["external-secrets"], namespace, replicas: 2 }),
    new SealedSecrets("sealed-secrets", { chart: charts["sealed-secrets"], namespace }),
    new VulnerabilityScanner("trivy", { chart: charts["trivy-operator"], namespace }),
    new Certificates("cert-manager", { chart: charts["cert-manager"], namespace, replicas: 2 }),
  );
});

const deployments = {
  PolicyEngineDown: "kyverno-admission-controller",
  ExternalSecretsDown: "external-secrets",
  SealedSecretsDown: "sealed-secrets",
  VulnerabilityScannerDown: "trivy",
  CertManagerDown: "cert-manager",
};
const downCases = Object.entries(deployments).flatMap(([alert, deployment]): readonly AlertCase[] => {
  const series = `kube_deployment_status_replicas_available{namespace="security",deployment="${deployment}"}`;
  const firing = [{ namespace, deployment }];
  return [
    { alert, when: "when no pod is available", series: { [series]: "0x20" }, atMinutes: 10, firing },
    { alert, when: "when there is no such Deployment", series: { up: "1x20" }, atMinutes: 10, firing },
    { alert, when: "while one pod of two is there", series: { [series]: "1x20" }, atMinutes: 10, firing: [] },
  ];
});

const image = { namespace: "apps", image_repository: "team/echo", image_tag: "1.0.0" };
const imageLabels = `namespace="apps",image_repository="team/echo",image_tag="1.0.0"`;
const certificate = { namespace: "apps", name: "echo" };
const ends = `certmanager_certificate_expiration_timestamp_seconds{namespace="apps",name="echo"}`;

testAlerts(
  "security",
  parts.flatMap(({ alerts }) => alerts),
  [
    ...downCases,
    {
      alert: "PolicyEngineErrors",
      when: "when a policy ends in errors again and again",
      series: { 'kyverno_validating_policy_results_total{policy_name="tags",result="error"}': "0+3x30" },
      atMinutes: 20,
      firing: [{ policy_name: "tags" }],
    },
    {
      alert: "PolicyEngineErrors",
      when: "when a policy refuses",
      series: { 'kyverno_validating_policy_results_total{policy_name="tags",result="fail"}': "0+3x30" },
      atMinutes: 20,
      firing: [],
    },
    {
      alert: "ExternalSecretNotSynced",
      when: "when a secret is missing in the store",
      series: { 'externalsecret_status_condition{namespace="apps",name="db",condition="Ready",status="False"}': "1x30" },
      atMinutes: 20,
      firing: [{ namespace: "apps", name: "db" }],
    },
    {
      alert: "ExternalSecretNotSynced",
      when: "while it is made for the first time",
      series: { 'externalsecret_status_condition{namespace="apps",name="db",condition="Ready",status="False"}': "1x3 0x20" },
      atMinutes: 20,
      firing: [],
    },
    {
      alert: "SealedSecretsNotOpened",
      when: "when it was sealed for another cluster",
      series: { 'sealed_secrets_controller_condition_info{namespace="apps",name="db",condition="Synced"}': "-1x30" },
      atMinutes: 10,
      firing: [{ namespace: "apps", name: "db" }],
    },
    {
      alert: "SealedSecretsNotOpened",
      when: "when all are open",
      series: { 'sealed_secrets_controller_condition_info{namespace="apps",name="db",condition="Synced"}': "1x30" },
      atMinutes: 10,
      firing: [],
    },
    {
      alert: "CriticalVulnerability",
      when: "when an image in use has one for an hour",
      series: { [`trivy_image_vulnerabilities{${imageLabels},severity="Critical"}`]: "2x90" },
      atMinutes: 80,
      firing: [image],
    },
    {
      alert: "CriticalVulnerability",
      when: "when it has only lesser ones",
      series: {
        [`trivy_image_vulnerabilities{${imageLabels},severity="Critical"}`]: "0x90",
        [`trivy_image_vulnerabilities{${imageLabels},severity="High"}`]: "9x90",
      },
      atMinutes: 80,
      firing: [],
    },
    {
      alert: "SecretInImage",
      when: "when a key was built in",
      series: { [`trivy_image_exposedsecrets{${imageLabels},severity="Critical"}`]: "1x20" },
      atMinutes: 10,
      firing: [image],
    },
    {
      alert: "SecretInImage",
      when: "when none was found",
      series: { [`trivy_image_exposedsecrets{${imageLabels},severity="Critical"}`]: "0x20" },
      atMinutes: 10,
      firing: [],
    },
    {
      alert: "CertificateNotReady",
      when: "when the authority refuses",
      series: { 'certmanager_certificate_ready_status{namespace="apps",name="echo",condition="False"}': "1x30" },
      atMinutes: 20,
      firing: [certificate],
    },
    {
      alert: "CertificateNotReady",
      when: "when it is ready",
      series: {
        'certmanager_certificate_ready_status{namespace="apps",name="echo",condition="True"}': "1x30",
        'certmanager_certificate_ready_status{namespace="apps",name="echo",condition="False"}': "0x30",
      },
      atMinutes: 20,
      firing: [],
    },
    // promtool's clock begins at 0.
    {
      alert: "CertificateEndsSoon",
      when: "six days before the end",
      series: { [ends]: `${6 * 86_400}x90` },
      atMinutes: 80,
      firing: [certificate],
    },
    {
      alert: "CertificateEndsSoon",
      when: "thirty days before the end",
      series: { [ends]: `${30 * 86_400}x90` },
      atMinutes: 80,
      firing: [],
    },
  ],
);
