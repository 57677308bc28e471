import type { Allow, ExternalHost, MeshNamespace, MeshProps, TokenIssuer } from "../../charts/mesh/index.ts";
import type { ChartSource, HelmValues } from "../helm.ts";
import { type ArgProblem, refuse } from "../refuse.ts";

/** All of the mesh is in the namespace istio-system, which has to be there and lets privileged pods in: the node agents change nodes' networks. */
export interface MeshArgs extends MeshProps {
  /** `ztunnel` is installed in ambient mode only. */
  readonly charts: Readonly<Record<MeshChart, ChartSource>>;
  /** Version of the Gateway API whose kinds are put on the cluster, without "v". */
  readonly gatewayApi: string;
  /** Copies of the control plane. While none is there, proxies keep what they know, and new pods do not start. */
  readonly replicas: number;
  /** Laid over our values, by chart. */
  readonly values?: Partial<Readonly<Record<MeshChart, HelmValues>>> | undefined;
}

export type MeshChart = "base" | "istiod" | "cni" | "ztunnel";

type Problems = readonly (ArgProblem | false)[];

/** @throws pulumi.InputPropertiesError with all problems at once */
export function assertMeshArgs(name: string, args: MeshArgs): void {
  const { replicas, telemetry, issuers, namespaces } = args;
  const { tracedPercent } = telemetry;
  refuse(`mesh "${name}"`, [
    problemUnless(Number.isInteger(replicas) && replicas >= 1, "replicas", replicas, "a whole number of at least 1"),
    problemUnless(tracedPercent >= 0 && tracedPercent <= 100, "telemetry.tracedPercent", tracedPercent, "a percentage from 0 to 100"),
    ...issuers.flatMap((issuer, index) => issuerProblems(issuer, `issuers[${index}]`)),
    ...namespaces.flatMap((namespace, index) => namespaceProblems(namespace, `namespaces[${index}]`, args)),
  ]);
}

function issuerProblems({ jwksUri, audiences }: TokenIssuer, path: string): Problems {
  return [
    problemUnless(
      jwksUri.startsWith("https://"),
      `${path}.jwksUri`,
      jwksUri,
      "an https address: whoever answers there decides who is trusted",
    ),
    audiences.length === 0 && {
      propertyPath: `${path}.audiences`,
      reason: "empty: tokens for any other service would be good here as well",
    },
  ];
}

function namespaceProblems({ services, externalHosts }: MeshNamespace, path: string, args: MeshArgs): Problems {
  const allows = Object.entries(services).flatMap(([service, list]) =>
    list.flatMap((allow, index) => allowProblems(allow, `${path}.services.${service}[${index}]`, args)),
  );
  return [...allows, ...externalHosts.flatMap((host, index) => hostProblems(host, `${path}.externalHosts[${index}]`))];
}

function allowProblems({ from, methods = [], paths = [], issuer }: Allow, path: string, { callers, issuers }: MeshArgs): Problems {
  const known = issuers.map((one) => one.issuer);
  return [
    typeof from === "string" &&
      callers[from] === undefined && { propertyPath: `${path}.from`, reason: `${from} is not known; say in callers.${from} who that is` },
    ...methods.map((method) =>
      problemUnless(/^[A-Z]+$/.test(method), `${path}.methods`, method, "an HTTP method in capitals, such as GET"),
    ),
    ...paths.map((one) =>
      problemUnless(/^\/[^*?#]*\*?$/.test(one), `${path}.paths`, one, "a path from / on, or the beginning of one before *"),
    ),
    issuer !== undefined &&
      problemUnless(known.includes(issuer), `${path}.issuer`, issuer, `one of issuers (${known.join(", ") || "none"})`),
  ];
}

function hostProblems({ host, port }: ExternalHost, path: string): Problems {
  return [
    problemUnless(/^(\*\.)?[a-z0-9-]+(\.[a-z0-9-]+)+$/.test(host), `${path}.host`, host, "a host name, or *. and the end of one"),
    problemUnless(Number.isInteger(port) && port >= 1 && port <= 65_535, `${path}.port`, port, "a port from 1 to 65535"),
  ];
}

function problemUnless(right: boolean, propertyPath: string, value: unknown, what: string): ArgProblem | false {
  return !right && { propertyPath, reason: `${JSON.stringify(value)} is not ${what}` };
}
