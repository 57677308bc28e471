import { SERVICE_ENTRY, type ServiceEntrySpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import type { ExternalHost, MeshNamespace } from "./props.ts";

/**
 * What a namespace's proxies may connect to outside the cluster; all else they refuse. It keeps honest code from calling the wrong place. Code
 * that gets around its proxy is held by NetworkPolicies alone, and so is everything in ambient mode, whose node proxies let all of it out.
 */
export function externalHosts({ name: namespace, externalHosts: hosts }: MeshNamespace): readonly Manifest[] {
  return hosts.map((external) => ({ ...SERVICE_ENTRY, metadata: { name: entryName(external), namespace }, spec: entrySpec(external) }));
}

function entryName({ host, port }: ExternalHost): string {
  return `${host.replace("*", "any")}-${port}`;
}

function entrySpec({ host, port }: ExternalHost): ServiceEntrySpec {
  const protocol = port === 443 ? "TLS" : port === 80 ? "HTTP" : "TCP";
  return {
    hosts: [host],
    exportTo: ["."],
    location: "MESH_EXTERNAL",
    ports: [{ number: port, name: `${protocol.toLowerCase()}-${port}`, protocol }],
    // A name with "*" is none that could be looked up.
    resolution: host.startsWith("*") ? "NONE" : "DNS",
  };
}
