import { ALERTMANAGER_CONFIG } from "../../crds/index.ts";
import type { Manifest } from "../../manifest.ts";
import type { Slo } from "../slo.ts";
import { TIER_LABEL } from "./alerts.ts";
import { fileReceiver, type Receiver, secretReceiver } from "./receivers.ts";
import { SLOTH_SEVERITY_LABEL } from "./sloth.ts";
import { BURN_TIERS, type Severity } from "./windows.ts";

/** Who is told of alerts of each severity. */
export type SeverityRoutes = Readonly<Record<Severity, readonly Receiver[]>>;

/** What tells two SLOs' alerts apart; an alert of one never silences one of another. */
const SAME_SLO = ["service", "slo"];

/** How long a first notice waits for others of its SLO, and after how long one that goes on is repeated. */
const PATIENCE = {
  page: { wait: "10s", repeat: "4h" },
  ticket: { wait: "1m", repeat: "1d" },
} as const;

/**
 * alertmanager.yml: pages and tickets to their receivers, anything else to where tickets go; a burn that is told of is not told of again as a
 * slower one.
 * @param secretsFolder where Alertmanager finds mounted Secrets, one folder each. @default where the operator mounts `spec.secrets`
 */
export function alertmanagerConfig(routes: SeverityRoutes, slos: readonly Slo[], secretsFolder = "/etc/alertmanager/secrets") {
  const same = sameLabels(slos);
  return {
    route: {
      receiver: "ticket",
      group_by: same,
      group_wait: PATIENCE.ticket.wait,
      repeat_interval: PATIENCE.ticket.repeat,
      routes: [{ receiver: "page", matchers: ['severity="page"'], group_wait: PATIENCE.page.wait, repeat_interval: PATIENCE.page.repeat }],
    },
    inhibit_rules: silences().map(({ label, faster, slower }) => ({
      source_matchers: [`${label}="${faster}"`],
      target_matchers: [`${label}=~"${slower.join("|")}"`],
      equal: same,
    })),
    receivers: [fileReceiver("page", routes.page, secretsFolder), fileReceiver("ticket", routes.ticket, secretsFolder)],
  };
}

/**
 * The same as an object of Prometheus' operator, which reads the secrets itself. By default (`alertmanagerConfigMatcherStrategy` OnNamespace) the operator
 * gives it only alerts whose label `namespace` is this namespace. prometheusRule puts that on alerts, so each namespace of SLOs needs an object like this one.
 */
export function alertmanagerManifest(name: string, namespace: string, routes: SeverityRoutes, slos: readonly Slo[]): Manifest {
  const same = sameLabels(slos);
  const spec = {
    route: {
      receiver: "ticket",
      groupBy: same,
      groupWait: PATIENCE.ticket.wait,
      repeatInterval: PATIENCE.ticket.repeat,
      routes: [
        {
          receiver: "page",
          matchers: [{ name: "severity", value: "page", matchType: "=" }],
          groupWait: PATIENCE.page.wait,
          repeatInterval: PATIENCE.page.repeat,
        },
      ],
    },
    inhibitRules: silences().map(({ label, faster, slower }) => ({
      sourceMatch: [{ name: label, value: faster, matchType: "=" }],
      targetMatch: [{ name: label, value: slower.join("|"), matchType: "=~" }],
      equal: same,
    })),
    receivers: [secretReceiver("page", routes.page), secretReceiver("ticket", routes.ticket)],
  };
  return { ...ALERTMANAGER_CONFIG, metadata: { name, namespace }, spec };
}

/** Labels that an SLO's alerts have in common; a label that an alert has not counts as equal. */
function sameLabels(slos: readonly Slo[]): readonly string[] {
  return [...new Set([...SAME_SLO, ...slos.flatMap(({ grouping = [] }) => grouping)])];
}

interface Silence {
  readonly label: string;
  readonly faster: string;
  readonly slower: readonly string[];
}

/** Each tier silences all slower ones: whoever knows that a budget is gone in two days need not hear that it is gone in ten. */
function silences(): readonly Silence[] {
  const tiers = BURN_TIERS.slice(0, -1).map((faster, index) => ({ label: TIER_LABEL, faster, slower: BURN_TIERS.slice(index + 1) }));
  return [...tiers, { label: SLOTH_SEVERITY_LABEL, faster: "page", slower: ["ticket"] }];
}
