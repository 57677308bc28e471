// The embedded node: a kubelet's work for plain processes. Started as main.ts; this is what other rooms may know of it.

export { chooseLog, findLogs, type LogFile, type LogQuery, readLog } from "./logs.ts";
export { NODE_NAME } from "./nodeObject.ts";
