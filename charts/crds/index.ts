// The custom kinds our charts write, as far as they write them: fields nobody here sets are left out, so that what is here is checked and true.
export {
  ANALYSIS_TEMPLATE,
  type AnalysisMetric,
  type AnalysisTemplateSpec,
  type BackgroundAnalysis,
  type RolloutAnalysis,
} from "./argoAnalysis.ts";
export { APP_PROJECT, APPLICATION, type ApplicationDestination, type ApplicationSpec, type AppProjectSpec } from "./argoCd.ts";
export { IMAGE_UPDATER, type ImageUpdaterSpec } from "./argoImageUpdater.ts";
export { type BlueGreenStrategy, type CanaryStep, type CanaryStrategy, ROLLOUT, type RolloutSpec } from "./argoRollouts.ts";
export { CERTIFICATE, type CertificateSpec, CLUSTER_ISSUER, type ClusterIssuerSpec } from "./certManager.ts";
export { CLUSTER_SECRET_STORE, type ClusterSecretStoreSpec } from "./externalSecrets.ts";
export { GATEWAY, type GatewaySpec, HTTP_ROUTE, type HttpRouteSpec } from "./gatewayApi.ts";
export { DESTINATION_RULE, type DestinationRuleSpec, VIRTUAL_SERVICE, type VirtualServiceSpec } from "./istio.ts";
export { ISTIO_GATEWAY, type IstioGatewaySpec, SERVICE_ENTRY, type ServiceEntrySpec } from "./istioEdges.ts";
export {
  AUTHORIZATION_POLICY,
  type AuthorizationPolicySpec,
  type AuthorizationRule,
  type AuthorizationSource,
  PEER_AUTHENTICATION,
  type PeerAuthenticationSpec,
  type PolicyTarget,
  REQUEST_AUTHENTICATION,
  type RequestAuthenticationSpec,
} from "./istioSecurity.ts";
export { TELEMETRY, type TelemetrySpec } from "./istioTelemetry.ts";
export { TEST_RUN, type TestPod, type TestRunSpec } from "./k6.ts";
export {
  INGRESS,
  INGRESS_CLASS,
  INGRESS_CLASS_PARAMETERS,
  type IngressClassParametersSpec,
  type IngressClassSpec,
  type IngressSpec,
  KONG_CLUSTER_PLUGIN,
  KONG_PLUGIN,
  type KongPluginFields,
} from "./kong.ts";
export { CHAOS_ENGINE, CHAOS_EXPERIMENT, type ChaosEngineSpec, type ChaosExperimentSpec, type PromProbe } from "./litmus.ts";
export { POD_MONITOR, type PodMonitorSpec, type Relabeling } from "./podMonitor.ts";
export {
  ALERTMANAGER_CONFIG,
  PROMETHEUS_RULE,
  type PrometheusRuleSpec,
  SERVICE_MONITOR,
  type ServiceMonitorSpec,
} from "./prometheusOperator.ts";
