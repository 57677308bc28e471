import assert from "node:assert/strict";
import { test } from "node:test";
import { notificationsOf, observability } from "../../../infra/stack/parts/observability.ts";
import { told as toldOf } from "./told.ts";

const told = (written: unknown) => toldOf(observability, written);

test("who is told is named, and every secret is a name and a key", () => {
  const { alerts } = observability.parse({
    alerts: {
      page: [{ kind: "pagerDuty", secret: "pagerduty/integration-key" }],
      ticket: [{ kind: "slack", channel: "#platform", secret: "chat/slack-url" }],
      deadMansSwitch: "switch/url",
    },
  });
  assert.deepEqual(notificationsOf(alerts), {
    page: [{ kind: "pagerDuty", secret: { name: "pagerduty", key: "integration-key" } }],
    ticket: [{ kind: "slack", channel: "#platform", secret: { name: "chat", key: "slack-url" } }],
    deadMansSwitch: { name: "switch", key: "url" },
  });
});

test("nothing has to be said", () => {
  assert.deepEqual(observability.parse({}), { alerts: { page: [], ticket: [] }, grafana: {} });
});

const REFUSED = "what is written here is not the name of a Kubernetes secret and a key in it";

// Made up here, in the forms that such secrets have.
const plain = [
  "https://hooks.slack.example/services/T0/B0/abc",
  "0123456789abcdef0123456789abcdef",
  "hooks.slack.example/services/T0/B0/abc",
];
for (const secret of plain) {
  test(`the secret ${secret} itself is refused, and not repeated`, () => {
    const problems = told({
      alerts: { page: [{ kind: "webhook", secret }], deadMansSwitch: secret },
      datadog: { site: "datadoghq.eu", apiKey: secret },
    });
    assert.deepEqual(
      problems.map((problem) => problem.split("; ")[0]),
      [`alerts.deadMansSwitch: ${REFUSED}`, `alerts.page[0].secret: ${REFUSED}`, `datadog.apiKey: ${REFUSED}`],
    );
    for (const problem of problems)
      assert.ok(!problem.includes(secret) && problem.includes("write its name and key, for example slack/url"));
  });
}

test("a webhook in place of a receiver is refused, and not repeated", () => {
  assert.deepEqual(told({ alerts: { ticket: ["https://hooks.slack.example/services/T0/B0/abc"] } }), [
    "alerts.ticket[0]: not a receiver: give kind and secret, the latter as the name of a Kubernetes secret and a key in it",
  ]);
});

const cases: readonly (readonly [string, unknown, string])[] = [
  [
    "Slack without a channel",
    { alerts: { page: [{ kind: "slack", secret: "chat/url" }] } },
    "alerts.page[0].channel: missing: Slack needs to know where",
  ],
  [
    "a channel without quotes, which YAML takes for a comment",
    { alerts: { page: [{ kind: "slack", channel: null, secret: "chat/url" }] } },
    'alerts.page[0].channel: missing: give a channel, for example "#incidents"',
  ],
  [
    "a channel of what has none",
    { alerts: { page: [{ kind: "teams", channel: "#a", secret: "chat/url" }] } },
    "alerts.page[0].channel: only Slack has channels, teams has none; leave it out",
  ],
  [
    "a receiver nobody knows",
    { alerts: { page: [{ kind: "fax", secret: "fax/number" }] } },
    'alerts.page[0].kind: "fax" is not slack, teams, pagerDuty or webhook; write for example slack',
  ],
  [
    "a receiver without a secret",
    { alerts: { page: [{ kind: "webhook" }] } },
    "alerts.page[0].secret: missing: give the name of a Kubernetes secret and a key in it, for example slack/url",
  ],
  ["a password", { grafana: { adminPassword: "hunter2" } }, "grafana.adminPassword: unknown; known here: url, adminSecret"],
];
for (const [sentence, written, problem] of cases) {
  test(`${sentence} is refused`, () => assert.deepEqual(told(written), [problem]));
}
