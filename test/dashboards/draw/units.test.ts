import assert from "node:assert/strict";
import { test } from "node:test";
import { format, KNOWN_UNITS } from "../../../cli/board/units.ts";
import { allBoards, panelsOf } from "../support/boards.ts";

for (const [unit, value, shown] of [
  ["percentunit", 0.005, "0.5 %"],
  ["percentunit", -0.2, "-20 %"],
  ["s", 0, "0 s"],
  ["s", 0.00125, "1.25 ms"],
  ["s", 5400, "1.5 h"],
  ["ms", 300, "300 ms"],
  ["ms", 2500, "2.5 s"],
  ["short", 22_210, "22.2 K"],
  ["reqps", 200, "200 req/s"],
  ["reqps", 0.25, "0.25 req/s"],
  ["bytes", 1_572_864, "1.5 MiB"],
  ["none", 14.4, "14.4"],
  ["none", 123.456, "123"],
] as const)
  test(`${value} as ${unit} is ${shown}`, () => assert.equal(format(value, unit), shown));

test("every unit of the boards is one that the pictures know", () => {
  const units = allBoards.flatMap((board) =>
    panelsOf(board).flatMap(({ fieldConfig }) => [
      fieldConfig?.defaults.unit,
      ...(fieldConfig?.overrides ?? []).flatMap(({ properties }) => properties.filter(({ id }) => id === "unit").map(({ value }) => value)),
    ]),
  );
  for (const unit of new Set(units)) assert.ok(KNOWN_UNITS.includes(String(unit)), String(unit));
});
