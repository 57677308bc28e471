// One conductor at a time: a Lease per Rollout, which also holds the conductor's notes.
import { GateError } from "../errors.ts";
import type { Cluster, LeaseView } from "./cluster.ts";
import { type Conducting, Stopped } from "./conducting.ts";
import { type Progress, parseProgress } from "./progress.ts";

/** A Lease that was not renewed for so long has lost its holder. */
export const LEASE_SECONDS = 10;
/** How often it is renewed, so that a second conductor sees at once that its holder lives. */
const RENEW_SECONDS = 2;

/** The Lease while this conductor holds it. */
export interface HeldLease {
  /** What was written down last, by this conductor or by one before it. */
  readonly progress: Progress | undefined;
  /** Writes down what is about to be done. @throws Stopped when the Lease is lost: then nothing may be done any more */
  save(progress: Progress): Promise<void>;
  /** Renews the Lease when it is time to. @throws Stopped when it is lost */
  keep(): Promise<void>;
  /** Lets the next conductor have it at once. */
  release(): Promise<void>;
}

/**
 * Takes the Lease of the Rollout, waiting as long as it takes to tell whether its holder still lives.
 * @throws GateError that says who holds it and since when
 */
export async function takeLease(conducting: Conducting, rolloutUid: string): Promise<HeldLease> {
  const { clock, identity, ask, wait, say } = conducting;
  const first = await ask((cluster) => cluster.readLease());
  const seenAt = clock.now();
  for (let lease = first; ; lease = await ask((cluster) => cluster.readLease())) {
    const same = lease?.holder === first?.holder && lease?.renewed === first?.renewed;
    if (lease?.holder !== undefined && !same) throw new GateError(heldBy(lease));
    // By this machine's own clock and not by the times in the Lease: clocks differ.
    const silent = clock.now() - seenAt >= (lease?.seconds ?? 0) * 1000;
    if (lease?.holder === undefined || silent) {
      const taken = await write(conducting, rolloutUid, lease, parseProgress(lease?.notes), identity, clock.now());
      if (taken !== "conflict") return hold(conducting, rolloutUid, taken, clock.now());
    } else if (lease === first) {
      say(`the Lease is held by ${holderOf(lease)}: waiting up to ${lease.seconds} s to see whether it still lives`);
    }
    await wait(0.5);
  }
}

function heldBy(lease: LeaseView): string {
  return `another conductor is at work on this Rollout: ${holderOf(lease)}. Wait for its verdict, or stop it, and run \`pulumi up\` again.`;
}

function holderOf({ holder, acquired }: LeaseView): string {
  return `${holder} since ${acquired ?? "an unknown time"}`;
}

function hold(conducting: Conducting, rolloutUid: string, taken: LeaseView, acquiredAt: number): HeldLease {
  const { clock, identity, ask } = conducting;
  let lease = taken;
  let progress = parseProgress(taken.notes);
  let renewedAt = acquiredAt;

  async function put(next: Progress | undefined): Promise<void> {
    for (;;) {
      const written = await write(conducting, rolloutUid, lease, next, identity, acquiredAt);
      if (written !== "conflict") {
        lease = written;
        progress = next;
        renewedAt = clock.now();
        return;
      }
      // Perhaps an earlier try of ours arrived after all; anything else means that somebody took over.
      const present = await ask((cluster) => cluster.readLease());
      if (present?.holder !== identity) throw new Stopped(`the Lease was taken over by ${present?.holder ?? "nobody: it was deleted"}`);
      lease = present;
    }
  }

  return {
    get progress() {
      return progress;
    },
    save: put,
    async keep() {
      if (clock.now() - renewedAt >= RENEW_SECONDS * 1000) await put(progress);
    },
    async release() {
      await write(conducting, rolloutUid, lease, progress, undefined, acquiredAt);
    },
  };
}

function write(
  { ask, clock }: Conducting,
  rolloutUid: string,
  lease: LeaseView | undefined,
  progress: Progress | undefined,
  holder: string | undefined,
  acquiredAt: number,
): ReturnType<Cluster["writeLease"]> {
  const next = {
    seconds: LEASE_SECONDS,
    acquired: new Date(acquiredAt).toISOString(),
    renewed: new Date(clock.now()).toISOString(),
    ...(holder !== undefined && { holder }),
    ...(progress && { notes: JSON.stringify(progress) }),
  };
  return ask((cluster) => cluster.writeLease(next, rolloutUid, lease?.resourceVersion));
}
