import type { MeshMode, MeshProps } from "../../../charts/mesh/index.ts";

const ISSUER = "https://login.example";

/** A mesh with two services: echo, which others may call, and ledger, which nobody may. */
export function meshOf(mode: MeshMode, changes: Partial<MeshProps> = {}): MeshProps {
  return {
    mode,
    callers: {
      ingress: { namespace: "ingress", serviceAccount: "gateway" },
      prometheus: { namespace: "observability", serviceAccount: "prometheus" },
    },
    namespaces: [
      {
        name: "apps",
        services: {
          echo: [
            { from: "ingress" },
            { from: { namespace: "apps", serviceAccount: "client" }, methods: ["GET"], paths: ["/public/*", "/version"] },
            { from: { namespace: "batch", serviceAccount: "night" }, paths: ["/admin"], issuer: ISSUER },
          ],
          ledger: [],
        },
        externalHosts: [
          { host: "api.example.com", port: 443 },
          { host: "*.example.org", port: 443 },
          { host: "db.example.com", port: 5432 },
        ],
      },
    ],
    issuers: [{ issuer: ISSUER, jwksUri: "https://login.example/keys", audiences: ["echo"] }],
    telemetry: { accessLogs: "errors", collector: { service: "collector.observability.svc.cluster.local", port: 4317 }, tracedPercent: 5 },
    ...changes,
  };
}

export const GATEWAY = "cluster.local/ns/ingress/sa/gateway";
export const PROMETHEUS = "cluster.local/ns/observability/sa/prometheus";
export const CLIENT = "cluster.local/ns/apps/sa/client";
export const NIGHT = "cluster.local/ns/batch/sa/night";
export const TOKEN = `${ISSUER}/somebody`;
