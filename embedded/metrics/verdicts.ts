/** Asks Prometheus whether it takes these texts together: undefined when it does, else its reason. */
export type Check = (texts: readonly string[]) => Promise<string | undefined>;

/** Remembers what Prometheus said of each text, so that only what is new is asked about. */
export interface Verdicts {
  /** The texts Prometheus does not take, with its reasons. Forgets the texts that are no longer among them. */
  refused(texts: readonly string[]): Promise<ReadonlyMap<string, string>>;
}

export function createVerdicts(check: Check): Verdicts {
  let known: ReadonlyMap<string, string | undefined> = new Map();
  return {
    async refused(texts) {
      const unknown = [...new Set(texts)].filter((text) => !known.has(text));
      const refusals = new Map(unknown.length === 0 ? [] : await refusedAmong(unknown, check));
      known = new Map(texts.map((text) => [text, known.get(text) ?? refusals.get(text)]));
      return new Map([...known].flatMap(([text, reason]) => (reason === undefined ? [] : [[text, reason]])));
    },
  };
}

/** Halves what is refused until each refused text stands alone: a check for all when all is well, few when little is not. */
async function refusedAmong(texts: readonly string[], check: Check): Promise<readonly (readonly [text: string, reason: string])[]> {
  const reason = await check(texts);
  if (reason === undefined) return [];
  const [first = "", ...others] = texts;
  if (others.length === 0) return [[first, reason]];
  const middle = Math.ceil(texts.length / 2);
  return [...(await refusedAmong(texts.slice(0, middle), check)), ...(await refusedAmong(texts.slice(middle), check))];
}
