import { type Order, readOrder } from "./order.ts";

/** Messages as AWS Lambda hands them over, as far as they are read here. */
export interface Batch {
  readonly Records: readonly { readonly messageId: string; readonly body: string }[];
}

/** What did not work. SQS delivers only these again, and sets aside what was delivered too often. */
export interface Outcome {
  readonly batchItemFailures: readonly { readonly itemIdentifier: string }[];
}

export interface OrderStore {
  /** Keeps an order; `known` where there is one of this id already. Rejects where that cannot be told. */
  keep(order: Order): Promise<"kept" | "known">;
}

/** Tells one event to whoever reads the log: what happened, and what to know of it. */
export type Log = (level: "info" | "error", event: string, fields: Readonly<Record<string, string>>) => void;

/** Keeps every order of a batch, each once, however often it is delivered. One bad message does not hold up the others. */
export async function work({ Records }: Batch, store: OrderStore, log: Log): Promise<Outcome> {
  const failed = await Promise.all(
    Records.map(async ({ messageId, body }) => {
      const problem = await keep(body, store, log);
      if (problem === undefined) return [];
      log("error", "not kept", { messageId, problem });
      return [{ itemIdentifier: messageId }];
    }),
  );
  return { batchItemFailures: failed.flat() };
}

/** What kept a message from being worked off. */
async function keep(body: string, store: OrderStore, log: Log): Promise<string | undefined> {
  const order = readOrder(body);
  if (typeof order === "string") return order;
  try {
    log("info", await store.keep(order), { order: order.id });
    return undefined;
  } catch (error) {
    return String(error);
  }
}
