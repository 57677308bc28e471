import { type Alert, down } from "../../charts/alerts/index.ts";

/** Below this many requests a second a share says nothing. */
const LEAST_RATE = 0.1;

export function gatewayDown(name: string, namespace: string, deployment: string): Alert {
  return down({ name, severity: "page", namespace, deployment, meaning: "Nobody outside the cluster reaches any service." });
}

/**
 * That many of the world's requests end in 5xx, whatever service they were for.
 * @param counter of requests: "kong_http_requests_total"
 * @param matchers of the gateway's own: 'namespace="kong"'
 * @param code label of the status
 */
export function gatewayErrors(name: string, counter: string, matchers: string, code: string): Alert {
  const failed = `sum(rate(${counter}{${matchers},${code}=~"5.."}[5m]))`;
  const all = `sum(rate(${counter}{${matchers}}[5m]))`;
  return {
    name,
    severity: "page",
    forMinutes: 5,
    expr: `${failed} / (${all} > ${LEAST_RATE}) > 0.05`,
    summary: "{{ $value | humanizePercentage }} of all requests from outside end in 5xx",
    description:
      "One service alone has its own alerts. When several are ill at once, look at what they share: this gateway, the mesh, a node, a release.",
  };
}

/** A renewal begins when a third of the time is left, 30 days of Let's Encrypt's 90. */
export function certificateNotRenewed(namespace: string, certificate: string): Alert {
  const ends = `certmanager_certificate_expiration_timestamp_seconds{namespace="${namespace}",name="${certificate}"}`;
  return {
    name: "IngressCertificateNotRenewed",
    severity: "ticket",
    forMinutes: 60,
    expr: `min by (namespace, name) (${ends}) - time() < 21 * 24 * 3600`,
    summary: "The certificate of the public names ends in {{ $value | humanizeDuration }} and was not renewed",
    description:
      "Why: kubectl -n {{ $labels.namespace }} describe certificate {{ $labels.name }}, and the CertificateRequest and Order below it.",
  };
}

/** What the controller could not make of the objects it reads. */
export function configRefused(namespace: string): Alert {
  return {
    name: "KongConfigRefused",
    severity: "ticket",
    forMinutes: 10,
    expr: `sum(rate(ingress_controller_configuration_push_count{namespace="${namespace}",success="false"}[5m])) > 0`,
    summary: "Kong refuses what its controller sends",
    description:
      "It goes on with what it had; no change of any route arrives. Which object is at fault is in the controller's log and events.",
  };
}
