// Who is told, in Alertmanager's own file and as the operator's object: https://prometheus.io/docs/alerting/latest/configuration/

/** A key of a Kubernetes Secret. The secret itself is in no manifest. */
export interface SecretKey {
  readonly name: string;
  readonly key: string;
}

/** A place that notices go to. Its secret is the whole webhook URL, or PagerDuty's integration key. */
export type Receiver =
  | { readonly kind: "slack"; readonly channel: string; readonly secret: SecretKey }
  | { readonly kind: "teams" | "pagerDuty" | "webhook"; readonly secret: SecretKey };

const title = "{{ .CommonAnnotations.summary }}";
const text = "{{ range .Alerts }}{{ .Annotations.description }} {{ .Annotations.runbook_url }} {{ .Annotations.dashboard_url }}\n{{ end }}";

/** A named receiver of alertmanager.yml, with secrets as files of this folder: `<folder>/<secret>/<key>`. */
export function fileReceiver(name: string, receivers: readonly Receiver[], folder: string) {
  const file = ({ secret }: Receiver) => `${folder}/${secret.name}/${secret.key}`;
  return {
    name,
    ...sections(receivers, {
      slack: ["slack_configs", (r) => ({ api_url_file: file(r), ...channelOf(r), send_resolved: true, title, text })],
      teams: ["msteamsv2_configs", (r) => ({ webhook_url_file: file(r), send_resolved: true, title, text })],
      pagerDuty: ["pagerduty_configs", (r) => ({ routing_key_file: file(r), send_resolved: true, description: title })],
      webhook: ["webhook_configs", (r) => ({ url_file: file(r), send_resolved: true })],
    }),
  };
}

/** A named receiver of an AlertmanagerConfig, with secrets as keys of Secrets in its own namespace. */
export function secretReceiver(name: string, receivers: readonly Receiver[]) {
  return {
    name,
    ...sections(receivers, {
      slack: ["slackConfigs", (r) => ({ apiURL: r.secret, ...channelOf(r), sendResolved: true, title, text })],
      teams: ["msteamsv2Configs", (r) => ({ webhookURL: r.secret, sendResolved: true, title, text })],
      pagerDuty: ["pagerdutyConfigs", (r) => ({ routingKey: r.secret, sendResolved: true, description: title })],
      webhook: ["webhookConfigs", (r) => ({ urlSecret: r.secret, sendResolved: true })],
    }),
  };
}

type Section = readonly [name: string, (receiver: Receiver) => Readonly<Record<string, unknown>>];

function sections(receivers: readonly Receiver[], forms: Readonly<Record<Receiver["kind"], Section>>) {
  const byKind = Map.groupBy(receivers, ({ kind }) => kind);
  return Object.fromEntries(
    [...byKind].map(([kind, ofKind]) => {
      const [section, write] = forms[kind];
      return [section, ofKind.map(write)];
    }),
  );
}

function channelOf(receiver: Receiver) {
  return receiver.kind === "slack" ? { channel: receiver.channel } : {};
}
