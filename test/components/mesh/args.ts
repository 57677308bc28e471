import type { MeshArgs } from "../../../components/mesh/index.ts";
import versions from "../../../infra/versions.json" with { type: "json" };
import { meshOf } from "../../charts/mesh/world.ts";

const { charts } = versions;

/** A mesh as a stack would ask for it. */
export function meshArgs(changes: Partial<MeshArgs> = {}): MeshArgs {
  const sources = { base: charts["istio-base"], istiod: charts.istiod, cni: charts["istio-cni"], ztunnel: charts.ztunnel };
  return { ...meshOf("sidecar"), charts: sources, gatewayApi: versions["gateway-api"], replicas: 2, ...changes };
}
