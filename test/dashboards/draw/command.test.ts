import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { boardCommand } from "../../../cli/commands/board.ts";
import { boards } from "../../../dashboards/index.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { fakePrometheus } from "./prometheus.ts";

/** The command with these arguments, as commander gets them. */
function run(...args: readonly string[]): Promise<unknown> {
  const command = boardCommand()
    .exitOverride()
    .configureOutput({ writeErr: () => {} });
  return command.parseAsync(args, { from: "user" });
}

test("without --png the board is printed as Grafana imports it", async (t) => {
  const { mock } = t.mock.method(console, "log", () => {});
  await run("slo");
  assert.equal(mock.calls[0]?.arguments[0], boards().find(({ name }) => name === "slo")?.json);
});

test("with --png it is drawn into the file, from the time and with the values that are given", async (t) => {
  const { url, queries } = await fakePrometheus(t, () => []);
  const file = join(await temporaryFolder(t), "release.png");
  await run("release", "--png", file, "--prometheus", url, "--last", "10m", "--until", "2026-08-01T12:00:00Z", "--var", "service=shop");
  assert.equal((await readFile(file)).subarray(1, 4).toString(), "PNG");
  const over = queries.filter((parameters) => parameters.has("start"));
  const end = String(Date.parse("2026-08-01T12:00:00Z") / 1000);
  assert.ok(over.length > 20 && over.every((parameters) => parameters.get("end") === end));
  assert.ok(queries.some((parameters) => parameters.get("query")?.includes('destination_service_name="shop-canary"')));
});

for (const [args, complaint] of [
  [["relase"], /Allowed choices are release, slo/],
  [["release", "--until", "noon"], /such as 2026-08-01T12:00:00Z/],
  [["release", "--var", "service"], /It must be name=value/],
] as const)
  test(`${args.join(" ")} is refused`, () => assert.rejects(run(...args), complaint));
