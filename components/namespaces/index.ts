import * as pulumi from "@pulumi/pulumi";
import { type NamespaceProps, namespaceManifests } from "../../charts/namespaces/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";

export interface NamespacesArgs {
  /** Each once. */
  readonly namespaces: readonly NamespaceProps[];
}

/** The platform's namespaces, each fenced: pods of a stated Pod Security level, closed but for stated ports, no container without limits. */
export class Namespaces extends pulumi.ComponentResource {
  /** All objects, namespaces first. */
  readonly objects: readonly pulumi.CustomResource[];

  constructor(name: string, { namespaces }: NamespacesArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:namespaces:Namespaces", name, {}, options);
    const held = new HeldOutputs();
    const manifests = namespaces.map(namespaceManifests);
    const roots = createObjects(
      manifests.flatMap(([namespace]) => namespace ?? []),
      { parent: this, held },
    );
    const fences = createObjects(
      manifests.flatMap(([, ...others]) => others),
      { parent: this, held, dependsOn: roots },
    );
    this.objects = [...roots, ...fences];
    this.registerOutputs({ names: namespaces.map((namespace) => namespace.name) });
  }
}
