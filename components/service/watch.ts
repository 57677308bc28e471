import type { Manifest } from "../../charts/manifest.ts";
import { analysisTemplate, prometheusRule, promotionTemplate, sloOfService } from "../../charts/slo/index.ts";
import type { JudgementArgs, ServiceCluster } from "./args.ts";

/** What watches a service from within the cluster: rules and alerts of its objectives, and the net behind the gate. */
export function watchManifests(
  service: string,
  namespace: string,
  { strategy, slo, alpha, beta, deadlineSeconds }: JudgementArgs,
  { grafanaUrl }: Pick<ServiceCluster, "grafanaUrl">,
): readonly Manifest[] {
  const netOf = strategy === "blueGreen" ? promotionTemplate : analysisTemplate;
  const slos = slo.map((objective) => sloOfService(service, namespace, objective));
  return [
    prometheusRule(service, namespace, slos, grafanaUrl === undefined ? {} : { dashboards: grafanaUrl }),
    netOf({ service, namespace, slis: slo, alpha, beta, deadlineSeconds }),
  ];
}
