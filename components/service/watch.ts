import type { Manifest } from "../../charts/manifest.ts";
import { analysisTemplate, prometheusRule, sloOfService } from "../../charts/slo/index.ts";
import type { JudgementArgs } from "./args.ts";

/** What watches a service from within the cluster: rules and alerts of its objectives, and the net behind the gate. */
export function watchManifests(
  service: string,
  namespace: string,
  { slo, alpha, beta, deadlineSeconds }: JudgementArgs,
): readonly Manifest[] {
  const slos = slo.map((objective) => sloOfService(service, namespace, objective));
  return [prometheusRule(service, namespace, slos), analysisTemplate({ service, namespace, slis: slo, alpha, beta, deadlineSeconds })];
}
