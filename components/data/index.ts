// What keeps data outside the cluster, on AWS.
export { EventFlow, type EventFlowArgs } from "./eventFlow.ts";
