// Prints the metrics of a running Prometheus, each with its labels, as they stand in test/dashboards/metrics/embedded.txt:
//   node test/dashboards/support/listMetrics.ts http://127.0.0.1:PORT
import { z } from "zod";

const Series = z.object({ data: z.array(z.record(z.string(), z.string())) });

const [address] = process.argv.slice(2);
if (address === undefined) throw new Error("give the address of a Prometheus");

const url = new URL("/api/v1/series", address);
url.searchParams.set("match[]", '{__name__!=""}');
const { data } = Series.parse(await (await fetch(url)).json());

const labels = new Map<string, Set<string>>();
for (const { __name__ = "", ...rest } of data) {
  const known = labels.get(__name__) ?? new Set();
  for (const label of Object.keys(rest)) known.add(label);
  labels.set(__name__, known);
}
console.log("# Series of the embedded platform after `npm run demo -- --keep`, by test/dashboards/support/listMetrics.ts.");
for (const [metric, names] of [...labels].sort(([a], [b]) => (a < b ? -1 : 1))) console.log(`${metric}: ${[...names].sort().join(" ")}`);
