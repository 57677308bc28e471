import type { IstioIngressArgs, KongIngressArgs } from "../../../components/ingress/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };

const { charts } = versions;

const loadBalancer = {
  type: "LoadBalancer",
  className: "service.k8s.aws/nlb",
  annotations: { "service.beta.kubernetes.io/aws-load-balancer-scheme": "internet-facing" },
} as const;

export const NODE_PORTS = { type: "NodePort", http: 30_080, https: 30_443 } as const;

const common = { namespace: "ingress", replicas: 2, exposure: loadBalancer, tls: { issuer: "public" } } as const;

export function istioArgs(changes: Partial<IstioIngressArgs> = {}): IstioIngressArgs {
  return { ...common, chart: charts["istio-gateway"], hosts: ["*.example.com"], from: ["apps"], ...changes };
}

export function kongArgs(changes: Partial<KongIngressArgs> = {}): KongIngressArgs {
  const routes = [{ service: "echo", namespace: "apps", host: "echo.example.com" }];
  return { ...common, chart: charts["kong-ingress"], mesh: "sidecar", routes, ...changes };
}
