import { nameOf, namespaceOf, refTo, type Service } from "../kube/index.ts";
import { type Problem, readSpec, reportInto } from "../standIn/index.ts";
import { forward } from "./action.ts";
import { type Catalogue, defaultPort, findService } from "./catalogue.ts";
import { qualifiedHosts, type ServiceName } from "./hosts.ts";
import type { JsonObject } from "./json.ts";
import { routeMatch } from "./match.ts";
import { type Destination, internalHost, ROUTE_TABLE, serviceHost } from "./names.ts";
import { type MeshObject, NOT_SERVED, oldestFirst, virtualServices } from "./objects.ts";
import { routesOf } from "./routes.ts";
import { VirtualServiceSpec } from "./virtualService.ts";

/** The namespace that callers at the gateway are taken to be in: there, a Service goes by its bare name. */
const CALLERS_NAMESPACE = "default";

/**
 * Envoy's route table: every VirtualService's hosts, then every Service that has pods under its own names, then what mirrors need.
 * A host belongs to the first who claims it.
 */
export function routeTable(
  objects: readonly MeshObject[],
  services: readonly Service[],
  catalogue: Catalogue,
): { readonly table: JsonObject; readonly problems: readonly Problem[] } {
  const problems: Problem[] = [];
  const owners = new Map<string, string>();
  const hosts: JsonObject[] = [];
  const mirrored = new Map<string, Destination>();

  /** Adds a virtual host for those domains that are still free, and gives the taken ones. */
  function claim(name: string, domains: readonly string[], routes: readonly JsonObject[]): readonly string[] {
    const free = [...new Set(domains)].filter((domain) => !owners.has(domain));
    for (const domain of free) owners.set(domain, name);
    if (free.length > 0) hosts.push({ name, domains: free, routes });
    return domains.filter((domain) => !free.includes(domain));
  }

  for (const object of oldestFirst(objects)) {
    const report = reportInto(problems, refTo(object, virtualServices), NOT_SERVED);
    const spec = readSpec(VirtualServiceSpec, object.spec, report);
    if (spec === undefined) continue;
    const { routes, mirrors } = routesOf(spec, { namespace: namespaceOf(object), catalogue, report });
    for (const { destination } of mirrors) mirrored.set(internalHost(destination), destination);
    const domains = spec.hosts.flatMap((host) => domainsOf(host, namespaceOf(object), catalogue));
    const name = `VirtualService ${namespaceOf(object)}/${nameOf(object)}`;
    for (const taken of claim(name, domains, routes)) report("spec.hosts", `"${taken}" belongs to ${owners.get(taken)}, which is older`);
  }
  for (const service of oldestFirst(services)) {
    if (Object.keys(service.spec?.selector ?? {}).length === 0) continue;
    const named = { namespace: namespaceOf(service), name: nameOf(service) };
    const destination = { namespace: named.namespace, service: named.name, port: defaultPort(service) };
    claim(`Service ${named.namespace}/${named.name}`, serviceDomains(named), [everythingTo(destination)]);
  }
  for (const [host, destination] of mirrored) claim(`mirror ${host}`, [host], [everythingTo(destination, true)]);

  const type = "type.googleapis.com/envoy.config.route.v3.RouteConfiguration";
  return { table: { "@type": type, name: ROUTE_TABLE, ignore_port_in_host_matching: true, virtual_hosts: hosts }, problems };
}

/** A host of a VirtualService as Host headers spell it: a Service in all its ways, anything else as it stands. */
function domainsOf(host: string, namespace: string, catalogue: Catalogue): readonly string[] {
  const service = findService(catalogue, host, namespace);
  return service === undefined ? [host] : serviceDomains(service);
}

function serviceDomains(service: ServiceName): readonly string[] {
  return [...(service.namespace === CALLERS_NAMESPACE ? [service.name] : []), ...qualifiedHosts(service)];
}

/** A copy arrives under an internal host name; its pod is shown the Service's own. */
function everythingTo(destination: Destination, isCopy = false): JsonObject {
  const rewrite = isCopy ? { rewrite: { authority: serviceHost(destination.namespace, destination.service) } } : {};
  return { match: routeMatch(), ...forward([{ destination, weight: 1 }], rewrite, []) };
}
