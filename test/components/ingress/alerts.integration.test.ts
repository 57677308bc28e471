import { IstioIngress, KongIngress } from "../../../components/ingress/index.ts";
import type { Part } from "../../../components/part.ts";
import { recordResources } from "../../support/mocks.ts";
import { type AlertCase, testAlerts } from "../../support/promtoolRules.ts";
import { istioArgs, kongArgs } from "./args.ts";

const parts: Part[] = [];
await recordResources(() => {
  parts.push(new IstioIngress("gateway", istioArgs()), new KongIngress("kong", kongArgs()));
});

const deployments = { IngressDown: "gateway", KongDown: "kong-gateway" };
const downCases = Object.entries(deployments).flatMap(([alert, deployment]): readonly AlertCase[] => {
  const series = `kube_deployment_status_replicas_available{namespace="ingress",deployment="${deployment}"}`;
  const firing = [{ namespace: "ingress", deployment }];
  return [
    { alert, when: "when no pod is ready", series: { [series]: "0x20" }, atMinutes: 6, firing },
    { alert, when: "when there is no Deployment", series: { up: "1x20" }, atMinutes: 6, firing },
    { alert, when: "while one pod is ready", series: { [series]: "1x20" }, atMinutes: 20, firing: [] },
  ];
});

const istioRequests = (code: string, more = "") =>
  `istio_requests_total{reporter="source",source_workload="gateway",source_workload_namespace="ingress",response_code="${code}"${more}}`;
const kongRequests = (code: string) => `kong_http_requests_total{namespace="ingress",service="apps.echo.80",code="${code}"}`;
const errorCases = [
  ["IngressErrors", istioRequests],
  ["KongErrors", kongRequests],
] as const;

const certificate = 'certmanager_certificate_expiration_timestamp_seconds{namespace="ingress",name="gateway"}';
const pushes = (success: string) =>
  `ingress_controller_configuration_push_count{namespace="ingress",success="${success}",protocol="db-less"}`;

testAlerts(
  "ingress",
  parts.flatMap(({ alerts }) => alerts),
  [
    ...downCases,
    ...errorCases.flatMap(([alert, requests]): readonly AlertCase[] => [
      {
        alert,
        when: "when one of ten requests ends in 5xx",
        series: { [requests("200")]: "0+90x30", [requests("503")]: "0+10x30" },
        atMinutes: 15,
        firing: [{}],
      },
      {
        alert,
        when: "when one of a hundred does",
        series: { [requests("200")]: "0+99x30", [requests("503")]: "0+1x30" },
        atMinutes: 15,
        firing: [],
      },
      {
        alert,
        when: "when callers are at fault",
        series: { [requests("200")]: "0+50x30", [requests("404")]: "0+50x30" },
        atMinutes: 15,
        firing: [],
      },
      {
        alert,
        when: "when the only three requests of an hour fail",
        series: { [requests("500")]: "0x20 1 2 3x30" },
        atMinutes: 30,
        firing: [],
      },
    ]),
    {
      alert: "IngressErrors",
      when: "when a service inside calls another that fails",
      series: {
        'istio_requests_total{reporter="source",source_workload="echo",source_workload_namespace="apps",response_code="503"}': "0+90x30",
      },
      atMinutes: 15,
      firing: [],
    },
    {
      alert: "IngressCertificateNotRenewed",
      when: "twenty days before its end",
      series: { [certificate]: `${20 * 86_400}x90` },
      atMinutes: 70,
      firing: [{ namespace: "ingress", name: "gateway" }],
    },
    {
      alert: "IngressCertificateNotRenewed",
      when: "thirty days before its end",
      series: { [certificate]: `${30 * 86_400}x90` },
      atMinutes: 70,
      firing: [],
    },
    {
      alert: "KongConfigRefused",
      when: "when one push after the other is refused",
      series: { [pushes("false")]: "0+2x30" },
      atMinutes: 20,
      firing: [{}],
    },
    {
      alert: "KongConfigRefused",
      when: "while pushes succeed",
      series: { [pushes("false")]: "4x30", [pushes("true")]: "0+2x30" },
      atMinutes: 20,
      firing: [],
    },
  ],
);
