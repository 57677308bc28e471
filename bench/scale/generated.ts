import { writeFile } from "node:fs/promises";
import { stringify } from "yaml";

/** Services without a process: the embedded node takes this image for ready as it stands. */
const SERVICE = { image: "registry.k8s.io/pause", tag: "3.10", replicas: 1 };

const ROLLOUTS = {
  judged: {
    rollout: { strategy: "canary", steps: [10, 25, 50] },
    slo: [{ name: "availability", objective: 99.5, window: "30d", limit: "2%" }],
  },
  direct: { rollout: { strategy: "direct" } },
} as const;

/** Writes the file of a stack with so many services, all alike but for their names. */
export async function writeStack(file: string, services: number, rollouts: keyof typeof ROLLOUTS, platformState: string): Promise<void> {
  const service = { ...SERVICE, ...ROLLOUTS[rollouts] };
  const named = Array.from({ length: services }, (_, index) => [`service-${index + 1}`, service]);
  const config = { "sluice:cluster": { kind: "embedded", stateDir: platformState }, "sluice:services": Object.fromEntries(named) };
  await writeFile(file, stringify({ config }));
}
