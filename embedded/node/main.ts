/**
 * The embedded node: `main.ts --kubeconfig F --dir D --images DIR --health-port P`. Runs the pods bound to it as processes, and ends them
 * when it is ended itself.
 */
import { messageOf } from "../errors.ts";
import { openImageStore } from "../images/index.ts";
import { clientFor } from "../kube/index.ts";
import { PLATFORM_MARK } from "../processes/index.ts";
import { endOnSignal, log, serveHealth, startStandIn } from "../standIn/index.ts";
import { startAgent } from "./agent.ts";
import { eventRecorder } from "./events.ts";
import { parseFlags } from "./flags.ts";
import { startHeartbeat } from "./heartbeat.ts";
import { keepHouse } from "./housekeeping.ts";
import { claimNet, preferredNet } from "./net.ts";
import { ALLOCATABLE, NODE_NAME } from "./nodeObject.ts";
import { writeStatus } from "./resources.ts";
import { statusWriter } from "./statusWriter.ts";

/** Time the processes get to finish when the node is stopped. */
const STOP_GRACE_MS = 5000;
const HOUSEKEEPING_MS = 60_000;

const onError = (error: unknown) => log("error", messageOf(error));

await startStandIn(async (args) => {
  const flags = parseFlags(args);
  const client = await clientFor(flags.kubeconfig);
  const net = await claimNet(preferredNet(flags.dir));
  const platform = process.env[PLATFORM_MARK];
  const agent = startAgent(
    {
      client,
      images: openImageStore(flags.images),
      dir: flags.dir,
      ...(platform !== undefined && { platform }),
      place: { hostIP: net.pool.node, nodeName: NODE_NAME, allocatable: ALLOCATABLE },
      statuses: statusWriter((pod, status) => writeStatus(client, pod, status), onError),
      events: eventRecorder(client, NODE_NAME, onError),
      onError,
    },
    net.pool,
  );
  const heartbeat = await startHeartbeat(client, net.pool.node, onError);
  await agent.synced;
  const housekeeping = setInterval(() => void keepHouse(flags.dir, agent.present()).catch(onError), HOUSEKEEPING_MS);
  const health = await serveHealth(flags.healthPort, () => ({ ready: true, reason: undefined }));
  log("info", `node ${NODE_NAME} is ready; its pods get addresses of 127.${net.number}.0.0/16`);

  endOnSignal(async () => {
    health.close();
    heartbeat.stop();
    clearInterval(housekeeping);
    await agent.stop(STOP_GRACE_MS);
  });
});
