import assert from "node:assert/strict";
import { test } from "node:test";
import { alertmanagerConfig, alertmanagerManifest, type SeverityRoutes } from "../../../../charts/slo/rules/index.ts";
import { jobs } from "./traffic.ts";

const routes: SeverityRoutes = {
  page: [
    { kind: "pagerDuty", secret: { name: "pagerduty", key: "integration-key" } },
    { kind: "slack", channel: "#incidents", secret: { name: "slack", key: "url" } },
  ],
  ticket: [
    { kind: "slack", channel: "#slo", secret: { name: "slack", key: "url" } },
    { kind: "teams", secret: { name: "teams", key: "url" } },
    { kind: "webhook", secret: { name: "tickets", key: "url" } },
  ],
};
const { route, inhibit_rules, receivers } = alertmanagerConfig(routes, [jobs, { ...jobs, name: "in-time", grouping: ["queue"] }]);
const { spec } = alertmanagerManifest("slo", "monitoring", routes, [jobs]);

test("pages go to the page's receivers, and an alert of no severity is not lost", () => {
  assert.equal(route.receiver, "ticket");
  assert.deepEqual(
    route.routes.map(({ receiver, matchers }) => [receiver, matchers]),
    [["page", ['severity="page"']]],
  );
});

test("a burn silences every slower one of its SLO and group, and nothing else", () => {
  assert.deepEqual(inhibit_rules, [
    {
      source_matchers: ['burn_tier="page-quick"'],
      target_matchers: ['burn_tier=~"page-slow|ticket-quick|ticket-slow"'],
      equal: ["service", "slo", "queue"],
    },
    {
      source_matchers: ['burn_tier="page-slow"'],
      target_matchers: ['burn_tier=~"ticket-quick|ticket-slow"'],
      equal: ["service", "slo", "queue"],
    },
    { source_matchers: ['burn_tier="ticket-quick"'], target_matchers: ['burn_tier=~"ticket-slow"'], equal: ["service", "slo", "queue"] },
    { source_matchers: ['sloth_severity="page"'], target_matchers: ['sloth_severity=~"ticket"'], equal: ["service", "slo", "queue"] },
  ]);
});

test("Alertmanager reads secrets from files", () => {
  assert.partialDeepStrictEqual(receivers, [
    {
      name: "page",
      pagerduty_configs: [{ routing_key_file: "/etc/alertmanager/secrets/pagerduty/integration-key" }],
      slack_configs: [{ api_url_file: "/etc/alertmanager/secrets/slack/url", channel: "#incidents" }],
    },
    {
      name: "ticket",
      slack_configs: [{ api_url_file: "/etc/alertmanager/secrets/slack/url", channel: "#slo" }],
      msteamsv2_configs: [{ webhook_url_file: "/etc/alertmanager/secrets/teams/url" }],
      webhook_configs: [{ url_file: "/etc/alertmanager/secrets/tickets/url" }],
    },
  ]);
});

test("the operator reads them from Secrets", () => {
  assert.partialDeepStrictEqual(spec, {
    receivers: [
      {
        name: "page",
        pagerdutyConfigs: [{ routingKey: { name: "pagerduty", key: "integration-key" } }],
        slackConfigs: [{ apiURL: { name: "slack", key: "url" }, channel: "#incidents" }],
      },
      {
        name: "ticket",
        slackConfigs: [{ apiURL: { name: "slack", key: "url" }, channel: "#slo" }],
        msteamsv2Configs: [{ webhookURL: { name: "teams", key: "url" } }],
        webhookConfigs: [{ urlSecret: { name: "tickets", key: "url" } }],
      },
    ],
  });
});

test("the operator's object has the same routes and silences", () => {
  assert.partialDeepStrictEqual(spec, {
    route: { receiver: "ticket", routes: [{ receiver: "page", matchers: [{ name: "severity", value: "page", matchType: "=" }] }] },
    inhibitRules: [
      {
        sourceMatch: [{ name: "burn_tier", value: "page-quick", matchType: "=" }],
        targetMatch: [{ name: "burn_tier", value: "page-slow|ticket-quick|ticket-slow", matchType: "=~" }],
        equal: ["service", "slo"],
      },
      { sourceMatch: [{ value: "page-slow" }], targetMatch: [{ value: "ticket-quick|ticket-slow" }] },
      { sourceMatch: [{ value: "ticket-quick" }], targetMatch: [{ value: "ticket-slow" }] },
      { sourceMatch: [{ name: "sloth_severity", value: "page" }], targetMatch: [{ value: "ticket" }] },
    ],
  });
});
