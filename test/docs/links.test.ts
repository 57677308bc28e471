import assert from "node:assert/strict";
import { existsSync, globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { test } from "node:test";
import { anchor } from "../../docs/reference/markdown.ts";

const root = join(import.meta.dirname, "../..");

for (const page of ["README.md", ...globSync("docs/**/*.md", { cwd: root }).sort()]) {
  test(`every link of ${page} leads to something that is there`, () => {
    const broken = linksOf(textOf(join(root, page))).filter((link) => !leadsSomewhere(join(root, page), link));
    assert.deepEqual(broken, []);
  });
}

/** The links within the project. */
function linksOf(text: string): readonly string[] {
  return [...text.matchAll(/\]\(([^)\s]+)\)/g)].map(([, link = ""]) => link).filter((link) => !/^https?:/.test(link));
}

function leadsSomewhere(page: string, link: string): boolean {
  const [file = "", heading] = link.split("#");
  const target = file === "" ? page : join(dirname(page), file);
  return existsSync(target) && (heading === undefined || headingsOf(textOf(target)).includes(heading));
}

function headingsOf(text: string): readonly string[] {
  return [...text.matchAll(/^#+ (.+)$/gm)].map(([, heading = ""]) => anchor(heading));
}

function textOf(file: string): string {
  return readFileSync(file, "utf8");
}
