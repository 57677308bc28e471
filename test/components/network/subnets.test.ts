import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { type Cidr, contains, parseCidr, showCidr, sizeOf } from "../../../components/cidr.ts";
import { MAXIMUM_ZONES, PREFIXES, planSubnets } from "../../../components/network/subnets.ts";

const zones = ["a", "b", "c"].slice(0, MAXIMUM_ZONES);
const blocks = fc
  .record({ address: fc.nat(0xffff_ffff), prefix: fc.integer({ min: PREFIXES.largest, max: PREFIXES.smallest }) })
  .map((cidr): Cidr => ({ ...cidr, address: cidr.address - (cidr.address % sizeOf(cidr)) }));
const networks = fc.record({ block: blocks, zones: fc.integer({ min: 1, max: MAXIMUM_ZONES }).map((count) => zones.slice(0, count)) });

const subnetsOf = (block: Cidr, zones: readonly string[]) =>
  planSubnets(block, zones).flatMap((subnets) => [subnets.private, subnets.public]);

test("no two subnets share an address", () => {
  fc.assert(
    fc.property(networks, ({ block, zones }) => {
      const sorted = [...subnetsOf(block, zones)].sort((a, b) => a.address - b.address);
      sorted.forEach((subnet, index) => {
        const next = sorted[index + 1];
        assert.ok(next === undefined || subnet.address + sizeOf(subnet) <= next.address);
      });
    }),
  );
});

test("every subnet is inside the network, and is a block that can be written", () => {
  fc.assert(
    fc.property(networks, ({ block, zones }) => {
      for (const subnet of subnetsOf(block, zones)) {
        assert.ok(contains(block, subnet));
        assert.deepEqual(parseCidr(showCidr(subnet)), subnet);
      }
    }),
  );
});

test("a zone has a quarter of the network for pods and a sixteenth for load balancers, never less than the 64 addresses they may need", () => {
  fc.assert(
    fc.property(networks, ({ block, zones }) => {
      for (const subnets of planSubnets(block, zones)) {
        assert.equal(sizeOf(subnets.private), sizeOf(block) / 4);
        assert.equal(sizeOf(subnets.public), sizeOf(block) / 16);
        assert.ok(sizeOf(subnets.public) >= 64);
      }
    }),
  );
});

test("another zone moves nobody", () => {
  fc.assert(
    fc.property(blocks, (block) => {
      const [two, three] = [planSubnets(block, ["a", "b"]), planSubnets(block, ["a", "b", "c"])];
      assert.deepEqual(three.slice(0, 2), two);
    }),
  );
});

test("10.0.0.0/16 over three zones", () => {
  const plan = planSubnets({ address: 10 * 256 ** 3, prefix: 16 }, ["a", "b", "c"]);
  assert.deepEqual(
    plan.map((subnets) => [subnets.zone, showCidr(subnets.private), showCidr(subnets.public)]),
    [
      ["a", "10.0.0.0/18", "10.0.192.0/20"],
      ["b", "10.0.64.0/18", "10.0.208.0/20"],
      ["c", "10.0.128.0/18", "10.0.224.0/20"],
    ],
  );
});

for (const text of ["10.0.0.0", "10.0.0/16", "10.0.0.0/33", "256.0.0.0/16", "10.0.0.1/16", "", "::/0", "10.0.0.0/16 "]) {
  test(`${JSON.stringify(text)} is no block of addresses`, () => assert.equal(parseCidr(text), undefined));
}
