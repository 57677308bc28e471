import { readFile } from "node:fs/promises";
import { request as httpRequest } from "node:http";
import { request as httpsRequest } from "node:https";
import { messageOf } from "../errors.ts";
import { readLog } from "../logFiles.ts";
import type { Probe } from "./plan.ts";

/** One try takes at most this long. */
const TRY_MS = 2000;

/**
 * Asks once. Resolves to undefined when the part is ready, otherwise to the reason why it is not.
 * @param log the part's log and its size when the part was started.
 */
export async function askOnce(probe: Probe, log: { readonly file: string; readonly from: number }): Promise<string | undefined> {
  switch (probe.kind) {
    case "exit":
      return "it has not ended yet";
    case "log":
      return readLog(log.file, log.from, 1024 * 1024).includes(probe.text) ? undefined : `it has not logged "${probe.text}"`;
    case "http":
      return get(probe).then(
        (status) => (status === 200 ? undefined : `${probe.url} answers ${status}`),
        (error: unknown) => `${probe.url}: ${messageOf(error)}`,
      );
  }
}

async function get({ url, socketPath, caFile }: Extract<Probe, { kind: "http" }>): Promise<number> {
  const ca = caFile === undefined ? undefined : await readFile(caFile);
  const request = url.startsWith("https:") ? httpsRequest : httpRequest;
  const options = { agent: false, timeout: TRY_MS, ...(socketPath && { socketPath }), ...(ca && { ca }) };
  return new Promise((resolve, reject) => {
    const sent = request(url, options, (answer) => {
      answer.resume();
      resolve(answer.statusCode ?? 0);
    });
    sent.on("timeout", () => sent.destroy(new Error(`no answer in ${TRY_MS / 1000} s`)));
    sent.on("error", reject);
    sent.end();
  });
}
