import { stringify } from "yaml";
import { controllerRules, inclusions, viewerRules } from "../../charts/delivery/index.ts";
import type { HelmValues } from "../helm.ts";
import { budget, resources, SPREAD } from "../pods.ts";
import type { ArgoCdArgs, SsoArgs } from "./argoCd.ts";

export function argoCdValues(name: string, { replicas, host, sso }: ArgoCdArgs): HelmValues {
  const copies = { replicas, pdb: budget(replicas), metrics: MONITORED };
  return {
    fullnameOverride: name,
    global: { domain: host, logging: { format: "json" }, topologySpreadConstraints: SPREAD },
    configs: {
      cm: {
        "admin.enabled": sso === undefined,
        ...(sso && { "oidc.config": oidcConfig(sso) }),
        "resource.inclusions": stringify(inclusions()),
        "resource.respectRBAC": "normal",
      },
      rbac: rbac(sso),
    },
    controller: {
      clusterRoleRules: { enabled: true, rules: controllerRules() },
      metrics: MONITORED,
      resources: resources("100m", "256Mi", "2Gi"),
    },
    server: {
      ...copies,
      clusterRoleRules: { enabled: true, rules: viewerRules() },
      resources: resources("50m", "128Mi", "512Mi"),
    },
    repoServer: { ...copies, resources: resources("50m", "128Mi", "1Gi") },
    // A cache: what it loses is read again.
    redis: { resources: resources("20m", "64Mi", "256Mi") },
    redisSecretInit: { resources: resources("10m", "32Mi", "128Mi") },
    // Logins go straight to the provider, alerts come from Prometheus, and Applications are written by the stack.
    dex: { enabled: false },
    notifications: { enabled: false },
    applicationSet: { replicas: 0 },
  };
}

const MONITORED = { enabled: true, serviceMonitor: { enabled: true, honorLabels: true } } as const;

/** The secret is named, not given: "$<secret>:<key>" is read by Argo CD. */
function oidcConfig({ issuer, clientId, clientSecret }: SsoArgs): string {
  return stringify({
    name: "SSO",
    issuer,
    clientID: clientId,
    clientSecret: `$${clientSecret.name}:${clientSecret.key}`,
    requestedScopes: ["openid", "profile", "email", "groups"],
  });
}

/** Nobody may do anything who is not in one of the groups. */
function rbac(sso: SsoArgs | undefined): HelmValues {
  const { admins = [], readers = [] } = sso ?? {};
  const bound = (groups: readonly string[], role: string) => groups.map((group) => `g, ${group}, role:${role}`);
  return { "policy.default": "", "policy.csv": [...bound(admins, "admin"), ...bound(readers, "readonly")].join("\n") };
}
