// Who is told of which alert. Alerts of SLOs are routed by charts/slo; here the platform's own and the vendors' come beside them.
import { alertmanagerConfig, type SecretKey, type SeverityRoutes } from "../slo/rules/index.ts";
import { fileReceiver } from "../slo/rules/receivers.ts";

export interface Notifications extends SeverityRoutes {
  /**
   * The URL of something outside the cluster that expects a call every minute and makes a noise without one. Only so is it noticed that Prometheus or
   * Alertmanager themselves are gone. Left out, nobody notices.
   */
  readonly deadMansSwitch?: SecretKey | undefined;
}

/** Where Prometheus' operator mounts `alertmanagerSpec.secrets`. */
const SECRETS_FOLDER = "/etc/alertmanager/secrets";

/** An alert of no SLO has no label `slo`; those that say the same of the same namespace are one notice. */
const OF_NO_SLO = { matchers: ['slo=""'], group_by: ["part", "namespace", "alertname"] };

/** alertmanager.yml */
export function notificationConfig({ deadMansSwitch, ...receiversOf }: Notifications) {
  const { route, inhibit_rules, receivers } = alertmanagerConfig(receiversOf, [], SECRETS_FOLDER);
  const critical = route.routes.map((page) => ({ ...page, matchers: ['severity="critical"'] }));
  const heartbeat = { matchers: ['alertname="Watchdog"'], group_wait: "0s", group_interval: "1m", repeat_interval: "1m" };
  return {
    route: {
      ...route,
      routes: [
        { ...heartbeat, receiver: "heartbeat" },
        { matchers: ['severity=~"info|none"'], receiver: "nobody" },
        { ...OF_NO_SLO, routes: [...route.routes, ...critical] },
        ...route.routes,
      ],
    },
    inhibit_rules: [...inhibit_rules, VENDORS_SILENCE],
    receivers: [...receivers, { name: "nobody" }, fileReceiver("heartbeat", heartbeatOf(deadMansSwitch), SECRETS_FOLDER)],
  };
}

/** The severities of vendors' alerts: whoever knows that it is critical need not be warned of it. */
const VENDORS_SILENCE = {
  source_matchers: ['severity="critical"'],
  target_matchers: ['severity=~"warning|info"'],
  equal: ["namespace", "alertname"],
};

function heartbeatOf(secret: SecretKey | undefined) {
  return secret === undefined ? [] : [{ kind: "webhook" as const, secret }];
}

/** Names of the Kubernetes secrets that Alertmanager has to mount, each once. */
export function secretsOf({ page, ticket, deadMansSwitch }: Notifications): readonly string[] {
  const keys = [...page, ...ticket].map(({ secret }) => secret);
  return [...new Set([...keys, ...(deadMansSwitch === undefined ? [] : [deadMansSwitch])].map(({ name }) => name))];
}
