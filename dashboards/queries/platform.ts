// PromQL over what the parts of the platform tell of themselves.
const rate = (selector: string) => `rate(${selector}[$__rate_interval])`;

export const TARGETS_DOWN = "count(up == 0) or 0 * count(up)";

/** Configuration that proxies refused: as istiod counts it, and as Envoy itself does where it reads files. */
export const REFUSED_BY_PROXIES = `sum by (type) (${rate("pilot_total_xds_rejects")})`;
export const REFUSED_BY_ENVOY = `sum(${rate("envoy_cluster_update_rejected")}) + sum(${rate("envoy_http_rds_update_rejected")})`;
export const REFUSED_IN_RANGE =
  "round(sum(increase(pilot_total_xds_rejects[$__range])) or sum(increase(envoy_cluster_update_rejected[$__range])) + sum(increase(envoy_http_rds_update_rejected[$__range])))";
export const PUSHES = `sum by (type) (${rate("pilot_xds_pushes")})`;
export const CONVERGENCE = `histogram_quantile(0.99, sum by (le) (${rate("pilot_proxy_convergence_time_bucket")}))`;

export const WAITING = 'count(rollout_info{phase="Paused"}) or 0 * count(rollout_info)';
export const ROLLOUTS_BY_PHASE = "count by (phase) (rollout_info)";
export const ANALYSES_BY_PHASE = "count by (phase) (analysis_run_info)";
export const RECONCILE_TIME = `histogram_quantile(0.95, sum by (le) (${rate("rollout_reconcile_bucket")}))`;
export const RECONCILE_ERRORS = `sum by (namespace, name) (${rate("rollout_reconcile_error")})`;
export const QUEUE = 'sum by (name) (workqueue_depth{name=~"Rollouts|AnalysisRuns|Experiments"})';
export const API_CALLS = `sum by (status_code) (${rate("controller_clientset_k8s_request_total")})`;

export const RULE_FAILURES = "round(sum(increase(prometheus_rule_evaluation_failures_total[$__range])))";
export const SERIES = "sum by (instance) (prometheus_tsdb_head_series)";
export const SAMPLES = `sum by (instance) (${rate("prometheus_tsdb_head_samples_appended_total")})`;
export const RULE_TIME = "topk(5, prometheus_rule_group_last_duration_seconds / prometheus_rule_group_interval_seconds)";

export const OUT_OF_SYNC = 'count(argocd_app_info{sync_status!="Synced"}) or 0 * count(argocd_app_info)';
export const APPLICATIONS = "count by (health_status, sync_status) (argocd_app_info)";
export const SYNCS = "round(sum by (phase) (increase(argocd_app_sync_total[$__rate_interval])))";
export const ARGO_RECONCILE = `histogram_quantile(0.95, sum by (le) (${rate("argocd_app_reconcile_bucket")}))`;

const API_REQUESTS = `sum by (verb) (${rate('apiserver_request_total{verb!~"WATCH|CONNECT"}')})`;
export const API_ERRORS = `(sum by (verb) (${rate('apiserver_request_total{verb!~"WATCH|CONNECT",code=~"5.."}')}) or 0 * ${API_REQUESTS}) / (${API_REQUESTS} > 0)`;
export const NODE_CPU = `1 - avg by (instance) (${rate('node_cpu_seconds_total{mode="idle"}')})`;
export const NODE_MEMORY = "1 - sum by (instance) (node_memory_MemAvailable_bytes) / sum by (instance) (node_memory_MemTotal_bytes)";
