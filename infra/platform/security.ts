import type { Policy } from "../../components/aws/index.ts";
import { Certificates, ExternalSecrets, PolicyEngine, SealedSecrets, VulnerabilityScanner } from "../../components/security/index.ts";
import type { Cloud } from "../ground.ts";
import versions from "../versions.json" with { type: "json" };
import { after, type Context, type Dependency, type Installed } from "./context.ts";
import { NAMESPACES } from "./namespaces.ts";

/** Who signs certificates, by the name they ask for. */
export const ISSUER = "sluice";

const { charts } = versions;
const namespace = NAMESPACES.security;

/** What guards the cluster, by name. */
export function createSecurity(context: Context, ...dependsOn: readonly Dependency[]): Readonly<Record<string, Installed>> {
  const part = context.stack.platform.security;
  if (part === undefined) return {};
  const { policies, secrets, certificates, scanner } = part;
  const { replicas } = context.preset;
  const options = after(context, ...dependsOn);
  return {
    ...(policies && { kyverno: new PolicyEngine("kyverno", { chart: charts.kyverno, namespace, replicas }, options) }),
    ...(certificates && {
      "cert-manager": new Certificates("cert-manager", { chart: charts["cert-manager"], namespace, replicas }, options),
    }),
    ...(secrets === "external" && { "external-secrets": createExternalSecrets(context, options) }),
    ...(secrets === "sealed" && {
      "sealed-secrets": new SealedSecrets("sealed-secrets", { chart: charts["sealed-secrets"], namespace }, options),
    }),
    ...(scanner && { trivy: new VulnerabilityScanner("trivy", { chart: charts["trivy-operator"], namespace }, options) }),
  };
}

function createExternalSecrets({ ground: { cloud }, preset: { replicas } }: Context, options: ReturnType<typeof after>): ExternalSecrets {
  const store = cloud && { name: "aws", region: cloud.region, namespaces: Object.values(NAMESPACES) };
  const part = new ExternalSecrets("external-secrets", { chart: charts["external-secrets"], namespace, replicas, store }, options);
  cloud?.grant("external-secrets", {
    namespace,
    serviceAccount: part.serviceAccount,
    description: `Secrets of ${cloud.clusterName}`,
    rights: secretRights(cloud),
  });
  return part;
}

/** Secrets whose names begin with the cluster's, and no others of the account. */
function secretRights({ account, region, clusterName }: Cloud): Policy {
  const Resource = [`arn:aws:secretsmanager:${region}:${account}:secret:${clusterName}/*`];
  const Action = ["secretsmanager:GetSecretValue", "secretsmanager:DescribeSecret"];
  return { Version: "2012-10-17", Statement: [{ Sid: "OwnSecrets", Effect: "Allow", Action, Resource }] };
}
