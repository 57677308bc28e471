// What Grafana and Alertmanager are told by us: the boards, and who gets which alert.
export { type Board, boardManifests } from "./boards.ts";
export { type Notifications, notificationConfig, secretsOf } from "./notifications.ts";
