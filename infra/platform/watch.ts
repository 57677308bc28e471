import { Watch } from "../../components/observability/index.ts";
import type { Part } from "../../components/part.ts";
import { boards } from "../../dashboards/index.ts";
import { after, type Context, type Dependency } from "./context.ts";
import { NAMESPACES } from "./namespaces.ts";

/** Boards that come with services, whatever parts there are. */
const OF_SERVICES = ["release", "slo", "service"] as const;

/** Puts what all parts bring along where it is seen: their alerts into Prometheus, their boards into Grafana. */
export function createWatch(context: Context, parts: Readonly<Record<string, Part>>, ...dependsOn: readonly Dependency[]): void {
  const named = new Set([...OF_SERVICES, ...Object.values(parts).flatMap((part) => part.boards)]);
  const alerts = Object.fromEntries(Object.entries(parts).map(([name, part]) => [name, part.alerts]));
  const shown = boards().filter(({ name }) => named.has(name));
  new Watch("watch", { alerts, boards: shown, namespace: NAMESPACES.observability }, after(context, ...dependsOn));
}
