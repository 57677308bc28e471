import * as k8s from "@pulumi/kubernetes";
import type * as pulumi from "@pulumi/pulumi";
import type { EksClusterArgs } from "./args.ts";

export const STORAGE_CLASS = "gp3";

/** The class of every volume that does not say another: encrypted, in the zone of its first pod, and able to grow. */
export function createStorageClass(
  name: string,
  { nodes, tags, keepsData }: EksClusterArgs,
  options: pulumi.CustomResourceOptions,
): k8s.storage.v1.StorageClass {
  return new k8s.storage.v1.StorageClass(
    `${name}-${STORAGE_CLASS}`,
    {
      metadata: { name: STORAGE_CLASS, annotations: { "storageclass.kubernetes.io/is-default-class": "true" } },
      ...(nodes.mode === "auto"
        ? { provisioner: "ebs.csi.eks.amazonaws.com", parameters: ENCRYPTED }
        : { provisioner: "ebs.csi.aws.com", parameters: { ...ENCRYPTED, ...tagParameters(tags) } }),
      volumeBindingMode: "WaitForFirstConsumer",
      allowVolumeExpansion: true,
      reclaimPolicy: keepsData ? "Retain" : "Delete",
    },
    options,
  );
}

const ENCRYPTED = { type: "gp3", encrypted: "true" };

/** The driver tags volumes by numbered parameters: https://github.com/kubernetes-sigs/aws-ebs-csi-driver/blob/master/docs/tagging.md */
function tagParameters(tags: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(tags).map(([key, value], index) => [`tagSpecification_${index + 1}`, `${key}=${value}`]));
}
