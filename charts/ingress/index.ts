// How the world comes in, as objects of Istio or of Kong.
export { type IstioIngressProps, istioIngressManifests } from "./istio.ts";
export { type KongProps, type KongRoute, kongManifests, type RateLimit } from "./kong.ts";
export type { Tls } from "./props.ts";
