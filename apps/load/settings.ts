/** What a run is told by its environment. Everything here is read by k6 before it begins, so nothing may be k6's own or Node's. */
export interface Settings {
  /** What is asked for, again and again. */
  readonly url: string;
  /** Name of the service, where the address is that of a gateway which has many. */
  readonly host: string | undefined;
  /** Requests a second that the service must bear for long. */
  readonly rate: number;
  /** Share of requests that may fail. */
  readonly failed: number;
  /** For each threshold in milliseconds the share of requests that may be slower. */
  readonly slower: readonly (readonly [milliseconds: number, share: number])[];
}

/** @throws Error with everything that is wrong, each by its name */
export function readSettings(env: Readonly<Record<string, string | undefined>>): Settings {
  const { URL = "", HOST, RATE = "1", FAILED = "0.01", SLOWER = "" } = env;
  const settings = { url: URL, host: HOST, rate: Number(RATE), failed: Number(FAILED), slower: pairs(SLOWER) };
  const problems = [
    /^https?:\/\/\S+$/.test(URL) ? [] : `URL: ${URL || "nothing"} is no address; write for example http://echo.apps/`,
    settings.rate > 0 ? [] : `RATE: ${RATE} is not above 0`,
    isShare(settings.failed) ? [] : `FAILED: ${FAILED} is no share from 0 to below 1`,
    settings.slower.flatMap(([milliseconds, share]) =>
      milliseconds > 0 && isShare(share)
        ? []
        : `SLOWER: ${SLOWER} is not written as 300:0.1,1000:0.01 (milliseconds, and the share that may be slower)`,
    ),
  ].flat();
  if (problems.length > 0) throw new Error(problems.join("\n"));
  return settings;
}

function pairs(text: string): Settings["slower"] {
  const written = text === "" ? [] : text.split(",");
  return written.map((pair) => {
    const [milliseconds, share] = pair.split(":");
    return [Number(milliseconds), Number(share)];
  });
}

function isShare(value: number): boolean {
  return value >= 0 && value < 1;
}
