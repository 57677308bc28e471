// The custom kinds our charts write, as far as they write them: fields nobody here sets are left out, so that what is here is checked and true.
export {
  ANALYSIS_TEMPLATE,
  type AnalysisMetric,
  type AnalysisTemplateSpec,
  type BackgroundAnalysis,
  type RolloutAnalysis,
} from "./argoAnalysis.ts";
export { type CanaryStep, ROLLOUT, type RolloutSpec } from "./argoRollouts.ts";
export { CERTIFICATE, type CertificateSpec, CLUSTER_ISSUER, type ClusterIssuerSpec } from "./certManager.ts";
export { CLUSTER_SECRET_STORE, type ClusterSecretStoreSpec } from "./externalSecrets.ts";
export { DESTINATION_RULE, type DestinationRuleSpec, VIRTUAL_SERVICE, type VirtualServiceSpec } from "./istio.ts";
export {
  ALERTMANAGER_CONFIG,
  PROMETHEUS_RULE,
  type PrometheusRuleSpec,
  SERVICE_MONITOR,
  type ServiceMonitorSpec,
} from "./prometheusOperator.ts";
