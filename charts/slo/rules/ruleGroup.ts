// Prometheus' own form of rules: https://prometheus.io/docs/prometheus/latest/configuration/recording_rules/

export interface RuleGroup {
  /** Unique within a file. */
  readonly name: string;
  /** How often it is evaluated, as a duration. @default Prometheus' own evaluation interval */
  readonly interval?: string;
  /** Evaluated in this order: each sees what those before it recorded. */
  readonly rules: readonly Rule[];
}

export type Rule = RecordingRule | AlertingRule;

export interface RecordingRule {
  readonly record: string;
  readonly expr: string;
  readonly labels: Labels;
}

export interface AlertingRule {
  readonly alert: string;
  readonly expr: string;
  readonly for?: string;
  readonly labels: Labels;
  readonly annotations: Labels;
}

export type Labels = Readonly<Record<string, string>>;
