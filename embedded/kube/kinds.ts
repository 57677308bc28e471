// The core kinds that more than one part reads or writes.
import type { CoreV1Event, V1Node, V1Pod, V1Service } from "@kubernetes/client-node";
import { defineResource, type Wire } from "./objects.ts";

export type Pod = Wire<V1Pod>;
export type Service = Wire<V1Service>;
export type Node = Wire<V1Node>;
export type Event = Wire<CoreV1Event>;

export const pods = defineResource<Pod>("v1", "Pod", "pods");
export const services = defineResource<Service>("v1", "Service", "services");
export const nodes = defineResource<Node>("v1", "Node", "nodes", { namespaced: false });
export const events = defineResource<Event>("v1", "Event", "events");
