import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import { Command } from "commander";
import { z } from "zod";
import { paths } from "../../cli/paths.ts";
import { commands, commandsPage } from "../../docs/reference/commands.ts";
import { pages } from "../../docs/reference/index.ts";
import { stackPage } from "../../docs/reference/stack.ts";
import { runProgram } from "../../embedded/toolchain/program.ts";
import { field } from "../../infra/stack/field.ts";

const main = join(paths.checkout, "cli/main.ts");
const weight = field({ what: "a weight", example: "2kg", parse: (input) => (input === "2kg" ? 2 : undefined) });

for (const [name, text] of Object.entries(await pages())) {
  test(`docs/reference/${name} says what the code says`, () => {
    const written = readFileSync(join(paths.checkout, "docs/reference", name), "utf8");
    assert(written === text, `docs/reference/${name} is out of date: \`npm run docs\` writes it anew`);
  });
}

test("a value of a stack is told by its form, its default as a stack writes it, and what it is for", () => {
  const page = stackPage(
    z.strictObject({ bag: z.strictObject({ full: weight.prefault("2kg").describe("When full.") }).describe("A bag.") }),
  );
  assert.match(page, /^## sluice:bag$/m);
  assert.match(page, /^\| `full` \| a weight \| `2kg` \| When full\. \|$/m);
});

test("a value that has to be given is told with an example", () => {
  const page = stackPage(z.strictObject({ full: weight.describe("When full.") }));
  assert.match(page, /^\| `sluice:full` \| a weight, like `2kg` \| \*required\* \|/m);
});

test("a value of a stack that does not say what it is for is refused by its path", () => {
  const bag = z.array(z.strictObject({ full: weight })).describe("Bags.");
  assert.throws(() => stackPage(z.strictObject({ bag })), /^Error: sluice:bag\[N\]\.full has no description/);
});

test("a kind of schema that there are no words for is refused by its path", () => {
  assert.throws(() => stackPage(z.strictObject({ bag: z.date().describe("A day.") })), /^Error: sluice:bag: .* schema of type date/);
});

test("the commands told are those that `sluice --help` lists", async () => {
  const { stdout } = await runProgram(process.execPath, [main, "--help"], { seconds: 60 });
  const listed = stdout.slice(stdout.indexOf("Commands:")).matchAll(/^ {2}([a-z]\w*)/gm);
  const told = (await commands()).map((command) => command.name());
  assert.deepEqual(
    told,
    [...listed]
      .map(([, name]) => name)
      .filter((name) => name !== "help")
      .sort(),
  );
});

test("a command's default under the state folder is the same on every machine", () => {
  const command = new Command("go").description("go on").option("--to <dir>", "where to", join(paths.platform, "there"));
  assert.match(commandsPage([command]), /^\| `--to <dir>` \| `\.sluice\/local\/there` \| Where to\. \|$/m);
});

test("a text of the command line is not taken for HTML", () => {
  const command = new Command("go").description("go on").option("--to <dir>", "where to (default: <home>)");
  assert.match(commandsPage([command]), /Where to \(default: &lt;home>\)\./);
});
