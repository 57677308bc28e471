import { Applications, ArgoCd, ImageUpdater, Rollouts } from "../../components/delivery/index.ts";
import type { Part } from "../../components/part.ts";
import type { Stack } from "../stack.ts";
import versions from "../versions.json" with { type: "json" };
import { after, type Context, type Dependency } from "./context.ts";
import { NAMESPACES } from "./namespaces.ts";
import { addressesFor } from "./observability.ts";

const { charts } = versions;

export interface Delivery {
  /** Services wait for it: the kind Rollout comes with it. */
  readonly rollouts: Rollouts | undefined;
  readonly parts: Readonly<Record<string, Part>>;
}

export function createDelivery(context: Context, ...dependsOn: readonly Dependency[]): Delivery {
  const { stack, preset } = context;
  const part = stack.platform.delivery;
  if (part === undefined) return { rollouts: undefined, parts: {} };
  const { replicas } = preset;
  const place = { chart: charts["argo-rollouts"], version: versions["argo-rollouts"], namespace: NAMESPACES.rollouts };
  const rollouts = new Rollouts(
    "argo-rollouts",
    { ...place, replicas, prometheusUrl: addressesFor(preset).prometheus },
    after(context, ...dependsOn),
  );
  return { rollouts, parts: { "argo-rollouts": rollouts, ...(part.argoCd && createArgoCd(context, part.argoCd, dependsOn)) } };
}

type ArgoCdPart = NonNullable<NonNullable<Stack["platform"]["delivery"]>["argoCd"]>;

function createArgoCd(context: Context, part: ArgoCdPart, dependsOn: readonly Dependency[]): Readonly<Record<string, Part>> {
  const namespace = NAMESPACES.argocd;
  const { host, sso, applications } = part;
  const login = sso && { ...sso, clientSecret: sso.secret };
  const args = { chart: charts["argo-cd"], namespace, replicas: context.preset.replicas, host, sso: login };
  const argoCd = new ArgoCd("argocd", args, after(context, ...dependsOn));
  const named = Object.entries(applications).map(([name, application]) => ({ ...application, name }));
  const followsImages = named.some(({ images }) => Object.keys(images).length > 0);
  const updater = followsImages
    ? new ImageUpdater("image-updater", { chart: charts["argocd-image-updater"], namespace }, after(context, argoCd))
    : undefined;
  if (named.length > 0) new Applications("applications", { namespace, applications: named }, after(context, argoCd, updater));
  return { argocd: argoCd, ...(updater && { "image-updater": updater }) };
}
