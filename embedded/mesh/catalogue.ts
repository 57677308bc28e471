import { nameOf, namespaceOf, type Service } from "../kube/index.ts";
import type { Report } from "../standIn/index.ts";
import type { Subsets } from "./destinationRule.ts";
import { resolveHost, type ServiceName } from "./hosts.ts";
import type { Destination } from "./names.ts";
import type { DestinationRef } from "./virtualService.ts";

/** The cluster's Services and subsets, as routes look them up. */
export interface Catalogue {
  readonly services: ReadonlyMap<string, Service>;
  readonly subsets: Subsets;
}

export function catalogueOf(services: readonly Service[], subsets: Subsets): Catalogue {
  return {
    services: new Map(services.map((service) => [keyOf({ namespace: namespaceOf(service), name: nameOf(service) }), service])),
    subsets,
  };
}

export function findService(catalogue: Catalogue, host: string, fromNamespace: string): ServiceName | undefined {
  const named = resolveHost(host, fromNamespace);
  return named !== undefined && catalogue.services.has(keyOf(named)) ? named : undefined;
}

/**
 * The destination a route names. One that is not there is reported and given all the same: it has no pods, so its requests get 503,
 * as with Istio, rather than go to somebody else.
 */
export function findDestination(
  catalogue: Catalogue,
  ref: DestinationRef,
  fromNamespace: string,
  path: string,
  report: Report,
): Destination {
  const named = resolveHost(ref.host, fromNamespace) ?? { namespace: fromNamespace, name: ref.host };
  const service = catalogue.services.get(keyOf(named));
  const ports = service?.spec?.ports?.map(({ port }) => port) ?? [];
  const port = ref.port?.number ?? defaultPort(service);
  if (service === undefined)
    report(`${path}.host`, `there is no Service "${named.name}" in namespace ${named.namespace}; its requests get 503`);
  else if (!ports.includes(port))
    report(`${path}.port`, `Service "${named.name}" has no port ${port} (it has ${ports.join(", ") || "none"})`);
  else if (ref.port === undefined && ports.length > 1)
    report(`${path}.port`, `Service "${named.name}" has several ports; ${port} is taken`);
  if (ref.subset !== undefined && !catalogue.subsets.of(named.namespace, named.name).some(({ name }) => name === ref.subset)) {
    report(`${path}.subset`, `no DestinationRule of "${named.name}" has subset "${ref.subset}"; its requests get 503`);
  }
  return { namespace: named.namespace, service: named.name, port, ...(ref.subset !== undefined && { subset: ref.subset }) };
}

/** The port that is meant when none is given: 80 where there is one, else the first. */
export function defaultPort(service: Service | undefined): number {
  const ports = service?.spec?.ports?.map(({ port }) => port) ?? [];
  return ports.includes(80) ? 80 : (ports[0] ?? 80);
}

function keyOf({ namespace, name }: ServiceName): string {
  return `${namespace}/${name}`;
}
