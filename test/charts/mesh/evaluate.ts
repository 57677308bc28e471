// What Istio makes of policies, as documented, on plain data: https://istio.io/latest/docs/concepts/security/#implicit-enablement
import type { AuthorizationPolicySpec, AuthorizationRule, PeerAuthenticationSpec } from "../../../charts/crds/index.ts";
import type { Manifest } from "../../../charts/manifest.ts";

export interface Request {
  /** The caller's certificate: "cluster.local/ns/apps/sa/echo". Left out, it has none. */
  readonly principal?: string;
  /** The token that it brings and that is valid: "<issuer>/<subject>". */
  readonly token?: string;
  readonly method: string;
  readonly path: string;
}

/** Who decides: the proxy of a pod, or a namespace's waypoint for one of its Services. */
export type Door =
  | { readonly kind: "pod"; readonly namespace: string; readonly labels: Readonly<Record<string, string>> }
  | { readonly kind: "waypoint"; readonly namespace: string; readonly gateway: string; readonly service: string };

export type Decision = "allowed" | "denied";

/** First the certificate, then DENY, then ALLOW; where no ALLOW is about this door, what was not denied is allowed. */
export function decide(manifests: readonly Manifest[], door: Door, request: Request): Decision {
  if (strict(manifests, door.namespace) && request.principal === undefined) return "denied";
  const policies = policiesAt(manifests, door);
  const matching = (action: "ALLOW" | "DENY") => policies.filter(({ action: own = "ALLOW" }) => own === action);
  if (matching("DENY").some((policy) => matchesPolicy(policy, request))) return "denied";
  const allows = matching("ALLOW");
  return allows.length === 0 || allows.some((policy) => matchesPolicy(policy, request)) ? "allowed" : "denied";
}

/** A namespace's own word goes before the one for the whole mesh. */
function strict(manifests: readonly Manifest[], namespace: string): boolean {
  const all = manifests.filter(({ kind }) => kind === "PeerAuthentication");
  const said = [namespace, "istio-system"].map((place) => all.find(({ metadata }) => metadata.namespace === place));
  const spec = said.find((manifest) => manifest !== undefined)?.spec;
  return isPeerSpec(spec) && spec.mtls.mode === "STRICT";
}

function policiesAt(manifests: readonly Manifest[], door: Door): readonly AuthorizationPolicySpec[] {
  return manifests
    .filter(({ kind, metadata }) => kind === "AuthorizationPolicy" && metadata.namespace === door.namespace)
    .flatMap(({ spec }) => (isPolicySpec(spec) && isAbout(spec, door) ? [spec] : []));
}

/** A waypoint has only the policies that name it or the Service; a pod has those that name neither. */
function isAbout({ selector, targetRefs }: AuthorizationPolicySpec, door: Door): boolean {
  if (door.kind === "waypoint")
    return (targetRefs ?? []).some(({ kind, name }) => name === (kind === "Gateway" ? door.gateway : door.service));
  const wanted = Object.entries(selector?.matchLabels ?? {});
  return targetRefs === undefined && wanted.every(([label, value]) => door.labels[label] === value);
}

/** Without rules nothing matches. */
function matchesPolicy({ rules = [] }: AuthorizationPolicySpec, request: Request): boolean {
  return rules.some((rule) => matchesRule(rule, request));
}

function matchesRule({ from, to }: AuthorizationRule, { principal, token, method, path }: Request): boolean {
  const source = from?.some(
    ({ source: { principals, requestPrincipals } }) => oneOf(principals, principal) && oneOf(requestPrincipals, token),
  );
  const operation = to?.some(({ operation: { methods, paths } }) => oneOf(methods, method) && oneOf(paths, path));
  return (source ?? true) && (operation ?? true);
}

/** What is not asked for matches; what is asked for and not there does not. */
function oneOf(patterns: readonly string[] | undefined, value: string | undefined): boolean {
  return patterns === undefined || (value !== undefined && patterns.some((pattern) => matchesPattern(pattern, value)));
}

function matchesPattern(pattern: string, value: string): boolean {
  if (pattern.endsWith("*")) return value.startsWith(pattern.slice(0, -1));
  return pattern.startsWith("*") ? value.endsWith(pattern.slice(1)) : pattern === value;
}

function isPolicySpec(spec: unknown): spec is AuthorizationPolicySpec {
  return typeof spec === "object" && spec !== null;
}

function isPeerSpec(spec: unknown): spec is PeerAuthenticationSpec {
  return typeof spec === "object" && spec !== null && "mtls" in spec;
}
