// A pod's address on this machine: 127.<net>.x.y, so that several pods can listen on one port. Linux answers on all of 127.0.0.0/8.

/** Gives every pod an address of its own within 127.<net>.0.0/16. */
export interface AddressPool {
  /** The node's own address, which is also the pods' hostIP. */
  readonly node: string;
  /** A free address. Addresses go round, so that one just given back is not given to another pod while clients may still know it. */
  take(): string;
  /** Marks an address as taken, e.g. by a pod that had it before the node restarted. False when it is not free or not of this pool. */
  claim(address: string): boolean;
  release(address: string): void;
}

const FIRST = 256; // 127.<net>.0.y is kept for the node itself
const COUNT = 2 ** 16 - FIRST - 256; // and 127.<net>.255.y for nobody, as it ends in the broadcast address

/** @param net second octet of the pool's addresses, 1 to 254: tells the platforms on one machine apart. */
export function addressPool(net: number): AddressPool {
  const taken = new Set<string>();
  let next = 0;

  function take(): string {
    for (let tried = 0; tried < COUNT; tried++) {
      const address = addressOf(net, FIRST + next);
      next = (next + 1) % COUNT;
      if (claim(address)) return address;
    }
    throw new Error(`all ${COUNT} addresses of 127.${net}.0.0/16 are taken`);
  }

  function claim(address: string): boolean {
    if (!address.startsWith(`127.${net}.`) || taken.has(address)) return false;
    taken.add(address);
    return true;
  }

  return { node: addressOf(net, 1), take, claim, release: (address) => void taken.delete(address) };
}

function addressOf(net: number, host: number): string {
  return `127.${net}.${host >> 8}.${host & 255}`;
}
