import type { ServiceProps } from "../../charts/service/index.ts";

/** Service echo as small as it can be: what its chart and its component are both given. */
export const echo = {
  namespace: "default",
  image: "localhost/echo:1.0.0",
  version: "1.0.0",
  replicas: 3,
  port: 8080,
  env: {},
  secrets: {},
  resources: { cpuMillis: 100, memoryMebibytes: 128 },
} as const satisfies Partial<ServiceProps>;
