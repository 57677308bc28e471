import { resources } from "../pods.ts";

/** Of a proxy that takes all the world's requests. */
export const PROXY_RESOURCES = resources("100m", "128Mi", "1Gi");
