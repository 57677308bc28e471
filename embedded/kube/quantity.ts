const SUFFIXES: Readonly<Record<string, number>> = {
  n: 1e-9,
  u: 1e-6,
  m: 1e-3,
  "": 1,
  k: 1e3,
  M: 1e6,
  G: 1e9,
  T: 1e12,
  P: 1e15,
  E: 1e18,
  Ki: 2 ** 10,
  Mi: 2 ** 20,
  Gi: 2 ** 30,
  Ti: 2 ** 40,
  Pi: 2 ** 50,
  Ei: 2 ** 60,
};

/** The number a Kubernetes quantity stands for: "250m" is 0.25, "64Mi" 67108864; undefined when the text is no quantity. */
export function quantityOf(text: string): number | undefined {
  const [, number, suffix = ""] = /^([+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?)([a-zA-Z]*)$/.exec(text) ?? [];
  const factor = SUFFIXES[suffix];
  return number === undefined || factor === undefined ? undefined : Number(number) * factor;
}

/** The same for a text that must be a quantity. @throws Error when it is none */
export function parseQuantity(text: string): number {
  const quantity = quantityOf(text);
  if (quantity === undefined) throw new Error(`"${text}" is not a quantity`);
  return quantity;
}
