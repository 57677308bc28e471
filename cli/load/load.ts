import { createRequester } from "./request.ts";
import { atRate } from "./schedule.ts";
import { createTally, type LoadRecord, type LoadReport, report, type Tally } from "./tally.ts";
import { LoadError, loadTarget } from "./target.ts";

export interface LoadOptions {
  /** Where to connect to: http:// on this machine, such as the gateway of the embedded platform. */
  readonly url: string;
  /** Host header, which the gateway routes by. */
  readonly host: string;
  /** Requests per second, evenly spaced, sent whether or not earlier ones are answered. Above 0, at most 10000. */
  readonly ratePerSecond: number;
  /** Path and query of every request. @default "/" */
  readonly path?: string;
  /** An answer later than this counts as slow. @default 300 */
  readonly slowMs?: number;
  /** A request without an answer after this time counts as an error. @default 5000 */
  readonly timeoutMs?: number;
  /** Told of every request when it is over, for those who want more than counts. */
  readonly onRecord?: (record: LoadRecord) => void;
}

/** A steady load that runs until it is stopped. */
export interface Load {
  /** Everything since the start. Requests still in flight are in no report. */
  snapshot(): LoadReport;
  /** A moment to begin a window at. */
  mark(): Tally;
  /** The requests that ended since the mark. */
  since(mark: Tally): LoadReport;
  /** Sends no more, waits for the answers under way (timeoutMs at most), closes the connections and reports everything. */
  stop(): Promise<LoadReport>;
}

/**
 * Starts an open-loop load: the rate holds however slow the answers are, as with users who do not know of one another.
 * @throws LoadError when the target is not this machine or the rate is not one
 */
export function startLoad(options: LoadOptions): Load {
  const { url, host, ratePerSecond, path = "/", slowMs = 300, timeoutMs = 5000, onRecord } = options;
  if (!(ratePerSecond > 0 && ratePerSecond <= 10_000))
    throw new LoadError(`load: ${ratePerSecond} requests per second is not above 0 and at most 10000`);
  const requester = createRequester({ origin: loadTarget(url), path, host, timeoutMs });
  const tally = createTally(slowMs);
  const inFlight = new Set<Promise<void>>();

  const endSchedule = atRate(ratePerSecond, (dueAt) => {
    const request = requester.send(dueAt).then((record) => {
      tally.add(record);
      onRecord?.(record);
      inFlight.delete(request);
    });
    inFlight.add(request);
  });

  return {
    snapshot: () => report(tally.mark()),
    mark: () => tally.mark(),
    since: (mark) => report(tally.mark(), mark),
    async stop() {
      endSchedule();
      await Promise.all(inFlight);
      await requester.close();
      return report(tally.mark());
    },
  };
}
