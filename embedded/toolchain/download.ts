// Fetching a file over HTTP so that it is either whole and right or not there at all.
import { createHash } from "node:crypto";
import fs from "node:fs";
import type { IncomingMessage } from "node:http";
import { messageOf, PlatformError } from "../errors.ts";
import { type GetOptions, get } from "./get.ts";
import type { Surroundings } from "./surroundings.ts";

const LONGEST_TEXT = 1 << 20;

/** What a user can do about a download that does not work. */
export const DOWNLOAD_REMEDY =
  "let this machine reach the release downloads (through the proxy in HTTPS_PROXY, if need be), or name a mirror of them in SLUICE_TOOLS_MIRROR";

/**
 * The URL to ask: the mirror's, with the original host as first folder, when SLUICE_TOOLS_MIRROR is set.
 * @throws PlatformError when that is not a URL
 */
export function mirrored(url: string, { env }: Surroundings): string {
  const mirror = env.SLUICE_TOOLS_MIRROR;
  if (!mirror) return url;
  if (!URL.canParse(mirror)) throw new PlatformError(`SLUICE_TOOLS_MIRROR is not a URL: ${mirror}`);
  const { host, pathname } = new URL(url);
  return `${mirror.replace(/\/+$/, "")}/${host}${pathname}`;
}

/** True when the server of this URL already did not answer in this run. */
export function isUnreachable(url: string, surroundings: Surroundings): boolean {
  return surroundings.unreachable.has(new URL(mirrored(url, surroundings)).host);
}

/** Downloads into a file and checks its sha256. Rejects with the reason, and without the file, when anything is wrong with it. */
export async function downloadFile(url: string, file: string, sha256: string, surroundings: Surroundings): Promise<void> {
  const hash = createHash("sha256");
  try {
    const handle = fs.openSync(file, "w");
    try {
      await transfer(url, surroundings, (chunk) => {
        hash.update(chunk);
        fs.writeSync(handle, chunk);
      });
    } finally {
      fs.closeSync(handle);
    }
    const actual = hash.digest("hex");
    if (actual !== sha256) throw new Error(`${mirrored(url, surroundings)} has the wrong checksum: sha256 ${actual}, expected ${sha256}`);
  } catch (error) {
    fs.rmSync(file, { force: true });
    throw error;
  }
}

/** Downloads a short text, such as a list of checksums. @param headers what to ask with, such as the kinds of answer that are understood */
export async function downloadText(
  url: string,
  surroundings: Surroundings,
  headers: Readonly<Record<string, string>> = {},
): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  await transfer(
    url,
    surroundings,
    (chunk) => {
      size += chunk.length;
      if (size > LONGEST_TEXT) throw new Error("longer than 1 MiB, which no list of checksums and no manifest is");
      chunks.push(chunk);
    },
    headers,
  );
  return Buffer.concat(chunks).toString("utf8");
}

async function transfer(
  url: string,
  surroundings: Surroundings,
  take: (chunk: Uint8Array) => void,
  headers: Readonly<Record<string, string>> = {},
): Promise<void> {
  const { deadlines } = surroundings;
  const watch = watchdog(deadlines.download);
  try {
    watch.expect(deadlines.answer, `no answer within ${deadlines.answer} s`);
    const response = await ask(mirrored(url, surroundings), surroundings.unreachable, {
      env: surroundings.env,
      signal: watch.signal,
      headers,
    });
    let received = 0;
    watch.expect(deadlines.silence, `silent for ${deadlines.silence} s`);
    for await (const chunk of response) {
      received += chunk.length;
      take(chunk);
      watch.expect(deadlines.silence, `silent for ${deadlines.silence} s after ${received} bytes`);
    }
  } catch (error) {
    throw new Error(`${mirrored(url, surroundings)}: ${reasonOf(watch.reason() ?? error)}`, { cause: error });
  } finally {
    watch.stop();
  }
}

/** Asks a server, unless it already did not answer in this run; a server that cannot be reached is remembered. */
async function ask(url: string, unreachable: Surroundings["unreachable"], options: GetOptions): Promise<IncomingMessage> {
  const { host } = new URL(url);
  const known = unreachable.get(host);
  if (known !== undefined) throw new Error(`not asked again: ${known}`);
  let response: IncomingMessage;
  try {
    response = await get(url, options);
  } catch (error) {
    unreachable.set(host, reasonOf(options.signal.aborted ? options.signal.reason : error));
    throw error;
  }
  if (response.statusCode === 200) return response;
  response.destroy();
  throw new Error(`the server answered ${response.statusCode} ${response.statusMessage}`.trimEnd());
}

/** Ends a transfer when what is expected next does not come in time, or when it takes too long altogether. */
function watchdog(seconds: number) {
  const controller = new AbortController();
  const end = (why: string) => controller.abort(new Error(why));
  const total = setTimeout(() => end(`not finished within ${seconds} s`), seconds * 1000);
  let next: NodeJS.Timeout | undefined;
  return {
    signal: controller.signal,
    reason: () => (controller.signal.aborted ? controller.signal.reason : undefined),
    expect(withinSeconds: number, otherwise: string) {
      clearTimeout(next);
      next = setTimeout(() => end(otherwise), withinSeconds * 1000);
    },
    stop() {
      clearTimeout(next);
      clearTimeout(total);
    },
  };
}

/** What happened, in words that tell something. */
function reasonOf(error: unknown): string {
  // A server with several addresses: one error for each, and none of its own.
  if (error instanceof AggregateError) return error.errors.map(messageOf).join(", ");
  const message = messageOf(error);
  return message === "aborted" ? "cut off before its end" : message;
}
