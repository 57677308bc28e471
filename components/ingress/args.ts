import type { KongRoute, Tls } from "../../charts/ingress/index.ts";
import { parseCidr } from "../cidr.ts";
import type { Exposure } from "../exposure.ts";
import type { ChartSource, HelmValues } from "../helm.ts";
import type { ArgProblem } from "../refuse.ts";

/** What both kinds of ingress are told. */
export interface EntranceArgs {
  readonly chart: ChartSource;
  readonly namespace: string;
  /** Copies that take requests. More than one are spread over nodes and zones, and at most one is drained away at a time. */
  readonly replicas: number;
  readonly exposure: Exposure;
  /** Blocks of addresses that may call, "203.0.113.0/24". Only with a load balancer. @default the whole world */
  readonly callers?: readonly string[] | undefined;
  readonly tls: Tls;
  /** Laid over our values of the chart. */
  readonly values?: HelmValues | undefined;
}

/** Who calls services from here, as the mesh's policies name it. */
export interface Identity {
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** What is wrong with what both kinds are told. */
export function entranceProblems({ replicas, exposure, callers = [] }: EntranceArgs): readonly (ArgProblem | false)[] {
  const ports = exposure.type === "NodePort" ? (["http", "https"] as const).map((name) => [name, exposure[name]] as const) : [];
  return [
    !(Number.isInteger(replicas) && replicas >= 1) && problem("replicas", replicas, "a whole number of at least 1"),
    ...ports.map(([name, port]) => !isNodePort(port) && problem(`exposure.${name}`, port, "a port from 30000 to 32767")),
    ...callers.map(
      (block) => parseCidr(block) === undefined && problem("callers", block, "a block of IPv4 addresses, such as 203.0.113.0/24"),
    ),
    exposure.type === "NodePort" &&
      callers.length > 0 && {
        propertyPath: "callers",
        reason: "given, but ports of nodes are open to whoever reaches the node; leave it out",
      },
  ];
}

/** Public names: "echo.example.com", or "*.example.com" for all below one. */
export function hostProblem(propertyPath: string, host: string): ArgProblem | false {
  const label = "[a-z0-9]([a-z0-9-]*[a-z0-9])?";
  return (
    !new RegExp(`^(\\*\\.${label}|${label}\\.${label})(\\.${label})*$`).test(host) &&
    problem(propertyPath, host, "a host name, or *. and the end of one")
  );
}

export function rateLimitProblems(path: string, { rateLimit }: KongRoute): readonly (ArgProblem | false)[] {
  if (rateLimit === undefined) return [];
  const amounts = [rateLimit.perSecond, rateLimit.perMinute].filter((amount) => amount !== undefined);
  return [
    amounts.length === 0 && { propertyPath: `${path}.rateLimit`, reason: "limits nothing; give perSecond, perMinute or both" },
    ...amounts.map(
      (amount) => !(Number.isInteger(amount) && amount >= 1) && problem(`${path}.rateLimit`, amount, "a whole number of at least 1"),
    ),
  ];
}

function isNodePort(port: number): boolean {
  return Number.isInteger(port) && port >= 30_000 && port <= 32_767;
}

function problem(propertyPath: string, value: unknown, what: string): ArgProblem {
  return { propertyPath, reason: `${JSON.stringify(value)} is not ${what}` };
}
