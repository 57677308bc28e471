/** An order as it is sent and kept. */
export interface Order {
  /** Made by the sender. The same order sent twice has the same id, and is kept once. */
  readonly id: string;
  readonly item: string;
  /** A whole number of at least 1. */
  readonly quantity: number;
}

/** The order in a message, or what is wrong with it. */
export function readOrder(message: string): Order | string {
  const written = parsed(message);
  if (typeof written !== "object" || written === null) return "is no JSON object";
  const { id, item, quantity } = { id: undefined, item: undefined, quantity: undefined, ...written };
  if (!isText(id)) return "has no id";
  if (!isText(item)) return "has no item";
  if (typeof quantity !== "number" || !Number.isInteger(quantity) || quantity < 1) return "has no quantity of at least 1";
  return { id, item, quantity };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function isText(value: unknown): value is string {
  return typeof value === "string" && value !== "";
}
