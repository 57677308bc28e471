// How the world comes in: Istio's own gateway, or Kong in front of the mesh.
export type { KongRoute, RateLimit, Tls } from "../../charts/ingress/index.ts";
export type { EntranceArgs, Identity } from "./args.ts";
export { IstioIngress, type IstioIngressArgs, istioIngressIdentity } from "./istio.ts";
export { KongIngress, type KongIngressArgs, kongIngressIdentity } from "./kong.ts";
