import { z } from "zod";
import type { Notifications } from "../../../charts/observability/index.ts";
import type { Receiver } from "../../../charts/slo/rules/index.ts";
import { evenWhenBroken, isMapping } from "../../../charts/written.ts";
import { field, matching } from "../field.ts";
import { SECRET_NAME, secretKey } from "../secretKey.ts";

const KINDS = ["slack", "teams", "pagerDuty", "webhook"] as const;

const kind = field<Receiver["kind"]>({
  what: KINDS.join(", ").replace(/, (\w+)$/, " or $1"),
  example: "slack",
  parse: (input) => KINDS.find((known) => known === input),
});

const channel = field({
  what: "a channel",
  example: '"#incidents"',
  parse: matching(/^[#@]\S+$/),
  explain: (input) => (input === null ? 'is a comment without quotes; write "#incidents"' : undefined),
});

const httpUrl = field({
  what: "an address that people can open",
  example: "https://grafana.example.com",
  parse: matching(/^https?:\/\/\S+$/),
});

const secretName = field({
  what: "the name of a Kubernetes secret",
  example: "grafana-login",
  parse: matching(SECRET_NAME),
});

const site = field({
  what: "a site of Datadog",
  example: "datadoghq.eu",
  parse: matching(/^[a-z0-9-]+(\.[a-z0-9-]+)+$/),
});

const receiver = z
  .strictObject(
    {
      kind: kind.describe("What takes the notice."),
      channel: channel.optional().describe("Of Slack: where it is written."),
      secret: secretKey.describe("Holds the whole URL of the webhook, or PagerDuty's integration key. In the namespace of Alertmanager."),
    },
    {
      error: ({ code }) =>
        code === "invalid_type"
          ? "not a receiver: give kind and secret, the latter as the name of a Kubernetes secret and a key in it"
          : undefined,
    },
  )
  .superRefine((value, context) => {
    if (!isMapping(value)) return;
    const message =
      value.kind === "slack"
        ? value.channel === undefined && "missing: Slack needs to know where"
        : value.channel !== undefined && `only Slack has channels, ${value.kind} has none; leave it out`;
    if (message !== false) context.addIssue({ code: "custom", path: ["channel"], message });
  }, evenWhenBroken);

const alerts = z.strictObject({
  page: z.array(receiver).default([]).describe("Who gets up: fast burns, and parts of the platform without which nothing goes."),
  ticket: z.array(receiver).default([]).describe("Who looks tomorrow: slow burns, and everything else."),
  deadMansSwitch: secretKey
    .optional()
    .describe(
      "The URL of a service outside that is called every minute and makes a noise when it is not. Without one, nobody notices that Prometheus is gone.",
    ),
});

const grafana = z.strictObject({
  url: httpUrl.optional().describe("Where people reach Grafana, for links in alerts."),
  adminSecret: secretName
    .optional()
    .describe("Holds `admin-user` and `admin-password`. Left out, one with a random password is made, `observability-grafana-admin`."),
});

const datadog = z.strictObject({
  site: site.describe("Where the account is."),
  apiKey: secretKey.describe("Holds the API key. In the namespace of the collector."),
});

/** Metrics, logs and traces, and who is told of what. How long they are kept comes with the environment. */
export const observability = z.strictObject({
  alerts: alerts.prefault({}).describe("Who is told of alerts. Left out, they stand in Alertmanager and nobody is told."),
  grafana: grafana.prefault({}).describe("Where boards are looked at."),
  datadog: datadog
    .optional()
    .describe("Gets a copy of all metrics, logs and traces, which costs what Datadog asks for them. Left out, nothing leaves the cluster."),
});

export type WrittenObservability = z.output<typeof observability>;

/** Who is told, as the component takes it. */
export function notificationsOf({ page, ticket, deadMansSwitch }: WrittenObservability["alerts"]): Notifications {
  return { page: page.map(receiverOf), ticket: ticket.map(receiverOf), deadMansSwitch };
}

function receiverOf({ kind, channel = "", secret }: z.output<typeof receiver>): Receiver {
  return kind === "slack" ? { kind, channel, secret } : { kind, secret };
}
