/** A block of IPv4 addresses, as routers write it: "10.0.0.0/16". */
export interface Cidr {
  /** The first address, as a number. */
  readonly address: number;
  /** How many leading bits all addresses share, 0 to 32. */
  readonly prefix: number;
}

/** The block that `text` names; undefined where it is not written as a block, or not by its first address. */
export function parseCidr(text: string): Cidr | undefined {
  const [, bytes = "", prefix = ""] = /^(\d{1,3}(?:\.\d{1,3}){3})\/(\d{1,2})$/.exec(text) ?? [];
  const parts = bytes.split(".").map(Number);
  if (bytes === "" || Number(prefix) > 32 || parts.some((part) => part > 255)) return undefined;
  const cidr = { address: parts.reduce((sum, part) => sum * 256 + part, 0), prefix: Number(prefix) };
  return cidr.address % sizeOf(cidr) === 0 ? cidr : undefined;
}

export function showCidr({ address, prefix }: Cidr): string {
  const bytes = [3, 2, 1, 0].map((index) => Math.floor(address / 256 ** index) % 256);
  return `${bytes.join(".")}/${prefix}`;
}

/** How many addresses a block has. */
export function sizeOf({ prefix }: Cidr): number {
  return 2 ** (32 - prefix);
}

/** The block of the given prefix that is the `index`th of its size in `whole`, counted from 0. */
export function partOf(whole: Cidr, prefix: number, index: number): Cidr {
  return { address: whole.address + index * 2 ** (32 - prefix), prefix };
}

export function contains(whole: Cidr, part: Cidr): boolean {
  return part.address >= whole.address && part.address + sizeOf(part) <= whole.address + sizeOf(whole);
}
