// Grafana boards as code: a file a board, made of panels that are functions, which ask queries that are text.
import type { Dashboard } from "@grafana/grafana-foundation-sdk/dashboard";
import { BOARD_NAMES, type BoardName } from "./board.ts";
import { costs } from "./cost.ts";
import { deploys } from "./deploys.ts";
import { platform } from "./platform.ts";
import { release } from "./release.ts";
import { service } from "./service.ts";
import { slos } from "./slo.ts";

export { LOGS_UID, TRACES_UID } from "./links.ts";
export { BOARD_NAMES, type BoardName };

const builders: Readonly<Record<BoardName, () => Dashboard>> = { release, slo: slos, service, platform, deploys, cost: costs };

/** One board as Grafana takes it. */
export function dashboard(name: BoardName): Dashboard {
  return builders[name]();
}

/** All boards, each as the text of the file that Grafana's provisioning reads. */
export function boards(): readonly { readonly name: BoardName; readonly json: string }[] {
  return BOARD_NAMES.map((name) => ({ name, json: JSON.stringify(dashboard(name)) }));
}
