import * as k8s from "@pulumi/kubernetes";
import * as pulumi from "@pulumi/pulumi";
import type { Manifest } from "../charts/manifest.ts";

type ResourceClass = new (name: string, args: pulumi.Inputs, options: pulumi.CustomResourceOptions) => pulumi.CustomResource;

/**
 * Kinds of the core group need their own class: the Kubernetes provider wants a group in a resource's type, and theirs has no name. Secret
 * is left out on purpose: what a chart holds is plain text.
 */
const CORE_KINDS: Readonly<Record<string, ResourceClass>> = {
  ConfigMap: k8s.core.v1.ConfigMap,
  LimitRange: k8s.core.v1.LimitRange,
  Namespace: k8s.core.v1.Namespace,
  ResourceQuota: k8s.core.v1.ResourceQuota,
  Service: k8s.core.v1.Service,
  ServiceAccount: k8s.core.v1.ServiceAccount,
};

export interface CreateOptions {
  /** The component the objects belong to. */
  readonly parent: pulumi.Resource;
  /** Outputs that went through the chart as placeholders. */
  readonly held: HeldOutputs;
  /** Resources that must be there before. */
  readonly dependsOn?: readonly pulumi.Resource[];
  /** By kind: fields that a controller writes once the object is there, so that no later update touches them. */
  readonly ignoreChanges?: Readonly<Record<string, readonly string[]>>;
}

/** The one way from a chart into Pulumi: one resource per object, so that a preview shows what really changes. */
export function createObjects(manifests: readonly Manifest[], options: CreateOptions): readonly pulumi.CustomResource[] {
  return manifests.map((manifest) => {
    const { apiVersion, kind } = manifest;
    const args = { ...options.held.released(manifest), apiVersion, kind };
    const resourceOptions: pulumi.CustomResourceOptions = {
      parent: options.parent,
      dependsOn: [...(options.dependsOn ?? [])],
      ignoreChanges: [...(options.ignoreChanges?.[kind] ?? [])],
    };
    if (apiVersion !== "v1") return new k8s.apiextensions.CustomResource(logicalName(manifest), args, resourceOptions);
    const CoreKind = CORE_KINDS[kind];
    if (CoreKind === undefined) throw new Error(`a chart must not hold a ${kind} (${logicalName(manifest)}): see CORE_KINDS`);
    return new CoreKind(logicalName(manifest), args, resourceOptions);
  });
}

/** Unique as it is in the cluster; the kind is in Pulumi's name of a resource anyway. */
function logicalName({ metadata: { namespace, name } }: Manifest): string {
  return namespace === undefined ? name : `${namespace}/${name}`;
}

/**
 * Pulumi outputs on their way through a chart, which knows only plain values: each goes in as a placeholder and comes out again as what it
 * was, also from within a longer text.
 */
export class HeldOutputs {
  private readonly outputs: pulumi.Output<string>[] = [];

  /** What stands for `value` in a chart; a plain string stands for itself. */
  hold(value: pulumi.Input<string>): string {
    if (typeof value === "string") return value;
    return `«output ${this.outputs.push(pulumi.output(value)) - 1}»`;
  }

  /** All fields of `value`, with outputs where placeholders were. */
  released(value: object): pulumi.Inputs {
    return Object.fromEntries(Object.entries(value).map(([key, field]) => [key, this.release(field)]));
  }

  /** What `compute` makes of `value` once every output in it is known. */
  apply(value: object, compute: (value: object) => string): pulumi.Output<string> {
    // Pulumi makes an output of every field of an object, some hundreds for a pod; most services hold none, and need none.
    return this.outputs.length === 0 ? pulumi.output(compute(value)) : pulumi.output(this.released(value)).apply(compute);
  }

  private release(value: unknown): unknown {
    if (typeof value === "string") return this.releaseText(value);
    if (Array.isArray(value)) return value.map((entry) => this.release(entry));
    return typeof value === "object" && value !== null ? this.released(value) : value;
  }

  private releaseText(text: string): pulumi.Input<string> {
    if (!text.includes("«output ")) return text;
    const parts = text.split(/«output (\d+)»/).map((part, index) => (index % 2 === 0 ? part : (this.outputs[Number(part)] ?? part)));
    return pulumi.concat(...parts);
  }
}
