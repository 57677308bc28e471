import assert from "node:assert/strict";
import { test } from "node:test";
import { type Notifications, notificationConfig, secretsOf } from "../../../charts/observability/index.ts";

const notifications: Notifications = {
  page: [
    { kind: "pagerDuty", secret: { name: "pagerduty", key: "integration-key" } },
    { kind: "slack", channel: "#incidents", secret: { name: "chat", key: "slack-url" } },
  ],
  ticket: [{ kind: "teams", secret: { name: "chat", key: "teams-url" } }],
  deadMansSwitch: { name: "switch", key: "url" },
};
const { route, receivers, inhibit_rules } = notificationConfig(notifications);

type Labels = Readonly<Record<string, string>>;

const cases: readonly (readonly [alert: string, labels: Labels, receiver: string, together: readonly string[]])[] = [
  ["a burn that wakes somebody", { service: "echo", slo: "availability", severity: "page" }, "page", ["service", "slo"]],
  ["a slow burn", { service: "echo", slo: "availability", severity: "ticket" }, "ticket", ["service", "slo"]],
  ["a part that is down", { part: "mesh", severity: "page" }, "page", ["part", "namespace", "alertname"]],
  ["a part that is unwell", { part: "mesh", severity: "ticket" }, "ticket", ["part", "namespace", "alertname"]],
  ["a vendor's alert that is critical", { severity: "critical" }, "page", ["part", "namespace", "alertname"]],
  ["a vendor's warning", { severity: "warning" }, "ticket", ["part", "namespace", "alertname"]],
  ["an alert of no severity", {}, "ticket", ["part", "namespace", "alertname"]],
  ["what a vendor only remarks", { severity: "info" }, "nobody", ["service", "slo"]],
  ["the alert that always fires", { alertname: "Watchdog", severity: "none" }, "heartbeat", ["service", "slo"]],
];
for (const [alert, labels, receiver, together] of cases) {
  test(`${alert} goes to ${receiver}, told together by ${together.join(", ")}`, () => {
    assert.deepEqual(delivered(route, labels), { receiver, group_by: together });
  });
}

test("every receiver that is named is there", () => {
  const named = cases.map(([, , receiver]) => receiver);
  assert.deepEqual(
    [...new Set(named)].filter((name) => !receivers.some((receiver) => receiver.name === name)),
    [],
  );
});

test("the dead man's switch is called every minute, with an address that stands in no object", () => {
  const heartbeat = route.routes[0];
  assert.partialDeepStrictEqual(heartbeat, { receiver: "heartbeat", repeat_interval: "1m", group_interval: "1m" });
  assert.partialDeepStrictEqual(receivers, [
    { name: "heartbeat", webhook_configs: [{ url_file: "/etc/alertmanager/secrets/switch/url" }] },
  ]);
});

test("without a dead man's switch the alert that always fires is told to nobody", () => {
  const { receivers } = notificationConfig({ page: [], ticket: [] });
  assert.deepEqual(receivers.at(-1), { name: "heartbeat" });
});

test("what is critical silences its own warning, and a fast burn still silences the slower ones", () => {
  assert.partialDeepStrictEqual(inhibit_rules, [
    { source_matchers: ['burn_tier="page-quick"'] },
    {
      source_matchers: ['severity="critical"'],
      target_matchers: ['severity=~"warning|info"'],
      equal: ["namespace", "alertname"],
    },
  ]);
});

test("Alertmanager mounts each secret once", () => {
  assert.deepEqual(secretsOf(notifications), ["pagerduty", "chat", "switch"]);
  assert.deepEqual(secretsOf({ page: [], ticket: [] }), []);
});

interface Route {
  readonly receiver?: string;
  readonly group_by?: readonly string[];
  readonly matchers?: readonly string[];
  readonly routes?: readonly Route[];
}

/** Where Alertmanager takes an alert: into the first route that matches, and there again; what a route does not say it has from the one above. */
function delivered({ receiver, group_by, routes = [] }: Route, labels: Labels): Pick<Route, "receiver" | "group_by"> {
  const inner = routes.find(({ matchers = [] }) => matchers.every((matcher) => matches(matcher, labels)));
  const here = { ...(receiver && { receiver }), ...(group_by && { group_by }) };
  return inner === undefined ? here : { ...here, ...delivered(inner, labels) };
}

function matches(matcher: string, labels: Labels): boolean {
  const [, name = "", operator, value = ""] = /^(\w+)(=~?)"(.*)"$/.exec(matcher) ?? assert.fail(`not understood here: ${matcher}`);
  const actual = labels[name] ?? "";
  return operator === "=" ? actual === value : new RegExp(`^(?:${value})$`).test(actual);
}
