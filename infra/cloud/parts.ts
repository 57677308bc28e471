import { resolve } from "node:path";
import { AccountCost } from "../../components/cost/accountCost.ts";
import { EventFlow } from "../../components/data/index.ts";
import { Registry } from "../../components/registry/index.ts";
import type { Cloud } from "../ground.ts";
import type { Preset } from "../presets.ts";
import { PROJECT } from "../project.ts";
import { assembleRegistry } from "../stack/parts/registry.ts";
import type { Stack } from "../stack.ts";

/** The parts that are in the account and not on the cluster, and what they give. */
export function createCloudParts(
  { platform, services }: Stack,
  { keepsData, retention }: Preset,
  { provider, account, region, clusterName }: Cloud,
) {
  const { registry, data, cost } = platform;
  const options = { provider };
  if (cost !== undefined) new AccountCost("account-cost", { account, region, ...billOf(cost) }, options);
  const images =
    registry &&
    new Registry(
      clusterName,
      { account, region, apps: Object.keys(services), ...assembleRegistry(registry) },
      { provider, protect: keepsData },
    );
  const orders =
    data &&
    new EventFlow(
      `${clusterName}-orders`,
      {
        ...{ account, region, keepsData, logDays: retention.logsDays },
        ...{ timeoutSeconds: data.timeout, deliveries: data.deliveries, parallel: data.parallel, slowSeconds: data.slow },
        entry: resolve(PROJECT, "apps/orders-worker/worker.ts"),
      },
      options,
    );
  return {
    ...(images && { images: images.repositoryUrls, pushRole: images.pushRoleArn }),
    ...(orders && { orders: orders.queueUrl }),
  };
}

function billOf({ emails, budgets, anomaly, monitor }: NonNullable<Stack["platform"]["cost"]>) {
  return { emails, budgetsUsd: budgets, anomalyUsd: anomaly, monitorArn: monitor };
}
