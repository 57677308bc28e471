import { APP_PROJECT, type AppProjectSpec } from "../crds/index.ts";
import type { Manifest } from "../manifest.ts";
import { type ApplicationProps, destination } from "./application.ts";
import { DELIVERED } from "./kinds.ts";

/** What all applications together may be: these repositories, these namespaces, these kinds. Anything else is refused at sync. */
export function projectManifest(name: string, namespace: string, applications: readonly ApplicationProps[]): Manifest {
  const namespaces = [...new Set(applications.map((app) => app.namespace))];
  const spec: AppProjectSpec = {
    description: "Applications of this platform's stack",
    sourceRepos: [...new Set(applications.map(({ repository }) => repository))],
    destinations: namespaces.map((namespace) => destination({ namespace })),
    clusterResourceWhitelist: [],
    namespaceResourceWhitelist: DELIVERED.map(({ group, kind }) => ({ group, kind })),
  };
  return { ...APP_PROJECT, metadata: { name, namespace }, spec };
}
