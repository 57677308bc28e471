import * as pulumi from "@pulumi/pulumi";
import { type ApplicationProps, applicationManifest, imageUpdaterManifest, projectManifest } from "../../charts/delivery/index.ts";
import { createObjects, HeldOutputs } from "../chart.ts";

export interface ApplicationsArgs {
  /** Where Argo CD is. */
  readonly namespace: string;
  /** At least one; each name once. One that follows images needs `ImageUpdater`. */
  readonly applications: readonly ApplicationProps[];
}

/**
 * What Argo CD keeps in the cluster, in a project of the component's name that allows just these repositories and namespaces. An Application that
 * is taken out of the stack leaves its objects behind: what serves users is not ended by a line that is gone.
 */
export class Applications extends pulumi.ComponentResource {
  readonly objects: readonly pulumi.CustomResource[];

  constructor(name: string, { namespace, applications }: ApplicationsArgs, options?: pulumi.ComponentResourceOptions) {
    super("sluice:delivery:Applications", name, {}, options);
    const made = { parent: this, held: new HeldOutputs() };
    const project = createObjects([projectManifest(name, namespace, applications)], made);
    const manifests = applications.flatMap((app) => [applicationManifest(app, name, namespace), ...imageUpdaterManifest(app, namespace)]);
    this.objects = [...project, ...createObjects(manifests, { ...made, dependsOn: project })];
    this.registerOutputs({});
  }
}
