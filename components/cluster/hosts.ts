import type { Cluster } from "./index.ts";

export interface Entry {
  /** Every name below it leads to the mesh's gateway: "apps.example.org", "localhost". */
  readonly domain: string;
  readonly scheme: "http" | "https";
  /** Where the gateway listens. @default the scheme's own port */
  readonly port?: string | number | undefined;
}

/** Services by name below one domain. */
export function hostsBelow({ domain, scheme, port }: Entry): Pick<Cluster, "hostOf" | "urlOf"> {
  const hostOf = (service: string) => `${service}.${domain}`;
  const ending = port === undefined ? "" : `:${port}`;
  return { hostOf, urlOf: (service) => `${scheme}://${hostOf(service)}${ending}` };
}
