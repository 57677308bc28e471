import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Alert } from "../../charts/alerts/index.ts";
import { meshManifests, ROOT_NAMESPACE } from "../../charts/mesh/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";
import { helmRelease } from "../helm.ts";
import type { Part } from "../part.ts";
import { meshAlerts } from "./alerts.ts";
import { assertMeshArgs, type MeshArgs, type MeshChart } from "./args.ts";
import { meshValues } from "./values.ts";

/** Istio. Nothing is called without a certificate, nothing that is not allowed, nothing outside that is not named. */
export class Mesh extends pulumi.ComponentResource implements Part {
  readonly alerts: readonly Alert[];
  readonly boards = ["platform"] as const;
  /** What must be there before a pod or an object of the mesh. */
  readonly ready: readonly pulumi.Resource[];
  /** Policies, entries, monitors. */
  readonly objects: readonly pulumi.CustomResource[];

  /** @throws pulumi.InputPropertiesError with all that is wrong with `args` */
  constructor(name: string, args: MeshArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:mesh:Mesh", name, {}, options);
    assertMeshArgs(name, args);

    const kinds = createGatewayApi(`${name}-gateway-api`, args.gatewayApi, this);
    const base = createRelease(name, "base", args, { parent: this });
    const istiod = createRelease(name, "istiod", args, { parent: this, dependsOn: [base, kinds] });
    const nodes = createNodeParts(name, args, { parent: this, dependsOn: [istiod] });
    this.ready = [kinds, base, istiod, ...nodes];
    this.objects = createObjects(meshManifests(args), { parent: this, held: new HeldOutputs(), dependsOn: this.ready });

    this.alerts = meshAlerts(args.mode);
    this.registerOutputs({});
  }
}

/** Kinds that no chart of Istio brings along, and that istiod and cert-manager look for when they start. */
function createGatewayApi(name: string, version: string, parent: pulumi.Resource): k8s.yaml.v2.ConfigFile {
  const file = `https://github.com/kubernetes-sigs/gateway-api/releases/download/v${version}/standard-install.yaml`;
  return new k8s.yaml.v2.ConfigFile(name, { file }, { parent });
}

function createRelease(name: string, chart: MeshChart, args: MeshArgs, options: pulumi.CustomResourceOptions): k8s.helm.v3.Release {
  const values = meshValues(args)[chart];
  return helmRelease(
    `${name}-${chart}`,
    { source: args.charts[chart], namespace: ROOT_NAMESPACE, values, overrides: args.values?.[chart] },
    options,
  );
}

function createNodeParts(name: string, args: MeshArgs, options: pulumi.CustomResourceOptions): readonly k8s.helm.v3.Release[] {
  const parts: readonly MeshChart[] = args.mode === "ambient" ? ["cni", "ztunnel"] : ["cni"];
  return parts.map((chart) => createRelease(name, chart, args, options));
}
