import type { ServiceProps } from "./props.ts";

// Every name and label of a service is spelled here and nowhere else.

/** The HTTP route whose weights Argo Rollouts writes. */
export const ROUTE = "primary";

/** Name of the port, which also tells Istio that it speaks HTTP. */
export const PORT_NAME = "http";

/** The port of the three Services; the process' own port is behind it. */
export const SERVICE_PORT = 80;

/** Which pods a Service stands for: all of them, or those of one side of a rollout. */
export type Side = "all" | "stable" | "canary";

/**
 * Label that tells the three Services of one app from each other, so that only one of them is scraped. Pods of a blue-green canary have it as
 * well, for as long as there is another revision that is stable.
 */
export const SIDE_LABEL = "sluice/side";

/** Labels of a blue-green canary's pods. */
export const CANARY_PODS: Readonly<Record<string, string>> = { [SIDE_LABEL]: "canary" };

export function serviceName(name: string, side: Side): string {
  return side === "all" ? name : `${name}-${side}`;
}

/** Annotation of the pods with the digest of their template: by it the gate knows which ReplicaSet is the one it is to judge. */
export const TEMPLATE_ANNOTATION = "sluice.dev/template";

/** What selects the pods of a service, in every revision: never changes, because a selector cannot be changed. */
export function selectorLabels({ name }: Pick<ServiceProps, "name">): Readonly<Record<string, string>> {
  return { "app.kubernetes.io/name": name, "app.kubernetes.io/instance": name };
}

/** The recommended labels (https://kubernetes.io/docs/concepts/overview/working-with-objects/common-labels/), on every object. */
export function objectLabels(props: Pick<ServiceProps, "name">): Readonly<Record<string, string>> {
  return { ...selectorLabels(props), "app.kubernetes.io/managed-by": "sluice" };
}

/** Labels of the pods. The version is on them alone: on other objects it would make a diff of every object in every rollout. */
export function podLabels(props: Pick<ServiceProps, "name" | "version">): Readonly<Record<string, string>> {
  return { ...objectLabels(props), "app.kubernetes.io/version": labelValue(props.version) };
}

/** A label value has at most 63 characters, and begins and ends with a letter or a digit; a tag may be longer and begin or end otherwise. */
export function labelValue(text: string): string {
  return text.slice(0, 63).replace(/^[^A-Za-z0-9]+|[^A-Za-z0-9]+$/g, "");
}
