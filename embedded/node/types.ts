import type { V1ConfigMap, V1PodStatus, V1Secret } from "@kubernetes/client-node";
import type { Pod, Wire } from "../kube/index.ts";

export type { Pod };
export type PodSpec = NonNullable<Pod["spec"]>;
export type PodStatus = Wire<V1PodStatus>;
export type Container = PodSpec["containers"][number];
export type Probe = NonNullable<Container["livenessProbe"]>;
export type ConfigMap = Wire<V1ConfigMap>;
export type Secret = Wire<V1Secret>;
