import type { ArgProblem } from "../../refuse.ts";
import type { KindClusterArgs } from "./kindCluster.ts";

/** What is wrong with the args of a kind cluster. */
export function kindProblems(name: string, { nodes, kubernetes, ports, registryPort, versions }: KindClusterArgs): readonly ArgProblem[] {
  const taken = [ports.http, ports.https, registryPort];
  const places = ["ports.http", "ports.https", "registryPort"] as const;
  return [
    // kind allows 50 characters; the registry's container is called the same and "-registry".
    !/^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/.test(name) &&
      problem("name", `"${name}" is not a cluster's name: at most 40 lower-case letters, digits and dashes, first a letter, last no dash`),
    !(Number.isInteger(nodes) && nodes >= 1) && problem("nodes", `${nodes} is not a whole number of at least 1`),
    !hasImage(kubernetes, Object.keys(versions.nodes)) &&
      problem(
        "kubernetes",
        `"${kubernetes}" has no node image: take one of ${Object.keys(versions.nodes).join(", ")}, or an exact version that kindest/node has a tag of`,
      ),
    ...taken.flatMap((port, index) => {
      const propertyPath = places[index] ?? "";
      if (!Number.isInteger(port) || port < 1 || port > 65_535) return [problem(propertyPath, `${port} is not a port from 1 to 65535`)];
      const before = places[taken.indexOf(port)] ?? propertyPath;
      return before === propertyPath ? [] : [problem(propertyPath, `${port} is taken by ${before}; give another port`)];
    }),
  ].filter((found) => found !== false);
}

/** Whether a version is exact, or a minor one that there is an image of. */
function hasImage(kubernetes: string, known: readonly string[]): boolean {
  return /^1\.\d+\.\d+$/.test(kubernetes) || (/^1\.\d+$/.test(kubernetes) && known.some((version) => version.startsWith(`${kubernetes}.`)));
}

function problem(propertyPath: string, reason: string): ArgProblem {
  return { propertyPath, reason };
}
