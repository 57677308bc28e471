// SLOs as Prometheus rules, and their alerts as routes of Alertmanager.
export { alertmanagerConfig, alertmanagerManifest, type SeverityRoutes } from "./alertmanager.ts";
export { ALERTS, TIER_LABEL } from "./alerts.ts";
export { EVENTS, periodName, RECORDS, ratioRecord, SLICES, SUMS, sloId, WINDOW_LABEL } from "./names.ts";
export { prometheusRule } from "./prometheusRule.ts";
export type { Receiver, SecretKey } from "./receivers.ts";
export type { AlertingRule, RecordingRule, Rule, RuleGroup } from "./ruleGroup.ts";
export { type RuleOptions, sloRules } from "./sloRules.ts";
export { durationText } from "./units.ts";
export { BURN_TIERS, type BurnTier, daysOf, type Severity, type WindowPair, windowPairs } from "./windows.ts";
