// The mesh: Istio, told who is who and who may call whom. Its entry from outside is components/ingress.
export {
  type Allow,
  type ExternalHost,
  type Identity,
  type KnownCallers,
  type MeshMode,
  type MeshNamespace,
  type MeshTelemetry,
  prometheusMembership,
  type TokenIssuer,
} from "../../charts/mesh/index.ts";
export type { MeshArgs } from "./args.ts";
export { Mesh } from "./mesh.ts";
