// Who may call whom. Istio's order: a DENY that matches refuses, then an ALLOW that matches lets through, and where any ALLOW is about a pod, all
// else is refused: https://istio.io/latest/docs/concepts/security/#authorization-policies
import { AUTHORIZATION_POLICY, type AuthorizationPolicySpec, type AuthorizationRule, type PolicyTarget } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { WAYPOINT_TARGET } from "./authentication.ts";
import { principalOf, WAYPOINT } from "./names.ts";
import type { Allow, Identity, KnownCallers, MeshMode, MeshNamespace } from "./props.ts";

/** Nothing is allowed in a namespace of the mesh, but for what is said to be. */
export function authorization(mode: MeshMode, callers: KnownCallers, { name: namespace, services }: MeshNamespace): readonly Manifest[] {
  const policy = (name: string, spec: AuthorizationPolicySpec): Manifest => ({
    ...AUTHORIZATION_POLICY,
    metadata: { name, namespace },
    spec,
  });
  const entries = Object.entries(services);
  const rulesOf = (allows: readonly Allow[]) => allows.map((allow) => rule(allow, callers));
  const denied = policy("default-deny", {});
  if (mode === "sidecar")
    return [
      denied,
      ...entries.map(([service, allows]) => policy(service, { ...podsOf(service), rules: [...rulesOf(allows), ...scraping(callers)] })),
    ];
  // Two doors: the waypoint knows methods and paths; the node's proxy knows callers only, and lets in the waypoint and who comes without it.
  return [
    denied,
    policy("waypoint-default-deny", { targetRefs: [WAYPOINT_TARGET] }),
    ...entries.map(([service, allows]) => policy(service, { targetRefs: servicesOf(service), rules: rulesOf(allows) })),
    ...entries.map(([service]) => policy(`${service}-pods`, { ...podsOf(service), rules: [throughWaypoint(namespace, callers)] })),
  ];
}

function rule({ from, methods, paths, issuer }: Allow, callers: KnownCallers): AuthorizationRule {
  const tokens = issuer !== undefined && { requestPrincipals: [`${issuer}/*`] };
  const operation = { ...(methods && { methods }), ...(paths && { paths }) };
  return {
    from: [{ source: { principals: [principalOf(identityOf(from, callers))], ...tokens } }],
    ...(Object.keys(operation).length > 0 && { to: [{ operation }] }),
  };
}

function identityOf(from: Allow["from"], callers: KnownCallers): Identity {
  const identity = typeof from === "string" ? callers[from] : from;
  if (identity === undefined) throw new Error(`nobody is known as ${String(from)}`);
  return identity;
}

/** Of a pod itself: Prometheus wants the numbers of each. */
function scraping({ prometheus }: KnownCallers): readonly AuthorizationRule[] {
  return prometheus === undefined ? [] : [rule({ from: prometheus, methods: ["GET"], paths: ["/metrics"] }, {})];
}

function throughWaypoint(namespace: string, { prometheus }: KnownCallers): AuthorizationRule {
  const welcome = [{ namespace, serviceAccount: WAYPOINT }, ...(prometheus === undefined ? [] : [prometheus])];
  return { from: [{ source: { principals: welcome.map(principalOf) } }] };
}

function podsOf(service: string): Pick<AuthorizationPolicySpec, "selector"> {
  return { selector: { matchLabels: { "app.kubernetes.io/name": service } } };
}

/** A service is three Services: its own, and one for each side of a rollout. */
function servicesOf(service: string): readonly PolicyTarget[] {
  return [service, `${service}-stable`, `${service}-canary`].map((name) => ({ group: "", kind: "Service", name }));
}
