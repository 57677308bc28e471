import type { ArgoCdArgs, RolloutsArgs } from "../../../components/delivery/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };

export const namespace = "argocd";

export const rolloutsArgs: RolloutsArgs = {
  chart: versions.charts["argo-rollouts"],
  version: versions["argo-rollouts"],
  namespace,
  replicas: 2,
  prometheusUrl: "http://observability-prometheus.observability:9090",
};

export const argoCdArgs: ArgoCdArgs = {
  chart: versions.charts["argo-cd"],
  namespace,
  replicas: 2,
  host: "argocd.example.com",
  sso: {
    issuer: "https://login.example.com",
    clientId: "argocd",
    clientSecret: { name: "argocd-oidc", key: "client-secret" },
    admins: ["platform"],
    readers: ["developers"],
  },
};
