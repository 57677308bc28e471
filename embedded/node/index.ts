// The embedded node: a kubelet's work for plain processes. Started as main.ts; other rooms only read the logs it keeps.
export { chooseLog, findLogs, type LogFile, type LogQuery, readLog } from "./logs.ts";
