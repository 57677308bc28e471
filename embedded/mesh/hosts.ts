import { serviceHost } from "./names.ts";

export interface ServiceName {
  readonly namespace: string;
  readonly name: string;
}

/**
 * The Service a host may mean, or undefined when it cannot be one. "echo" is looked for in the namespace of the object that says it;
 * "echo.shop", "echo.shop.svc" and "echo.shop.svc.cluster.local" name theirs.
 */
export function resolveHost(host: string, fromNamespace: string): ServiceName | undefined {
  const [name = "", namespace = fromNamespace, ...rest] = host.split(".");
  const suffix = rest.join(".");
  if (name === "" || name === "*" || !["", "svc", "svc.cluster.local"].includes(suffix)) return undefined;
  return { namespace, name };
}

/** Every way to write a Service's host name that does not depend on who says it, longest last. */
export function qualifiedHosts({ namespace, name }: ServiceName): readonly string[] {
  return [`${name}.${namespace}`, `${name}.${namespace}.svc`, serviceHost(namespace, name)];
}
