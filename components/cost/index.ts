// What the platform costs. On AWS the account's bill is watched as well: AccountCost in accountCost.ts, imported by its own path, because loading
// @pulumi/aws takes a second that no other stack should wait.
export { ClusterCost, type ClusterCostArgs, type PrometheusService } from "./clusterCost.ts";
