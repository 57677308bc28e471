import assert from "node:assert/strict";
import { test } from "node:test";
import { publishedSum } from "../../../embedded/toolchain/checksums.ts";

const a = "a".repeat(64);
const b = "b".repeat(64);

const lists = [
  { form: "two columns", list: `${b}  other.tar.gz\n${a}  tool.tar.gz\n`, sum: a },
  { form: "binary marks", list: `${b} *other.tar.gz\n${a} *tool.tar.gz\n`, sum: a },
  { form: "names with folders", list: `${a}  ./dist/tool.tar.gz\n`, sum: a },
  { form: "capital letters", list: `${a.toUpperCase()}  tool.tar.gz\n`, sum: a },
  { form: "one bare hash", list: a, sum: a },
  {
    form: "a PGP signature around it",
    list: `-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA512\n\n${a}  tool.tar.gz\n-----BEGIN PGP SIGNATURE-----\n`,
    sum: a,
  },
  { form: "only other names", list: `${b}  other.tar.gz\n`, sum: undefined },
  { form: "a name that ends the same", list: `${b}  my-tool.tar.gz\n`, sum: undefined },
  { form: "several bare hashes", list: `${a}\n${b}\n`, sum: undefined },
  { form: "hashes of another length", list: `${a}${b}  tool.tar.gz\n`, sum: undefined },
  { form: "a web page", list: "<html>Not found</html>", sum: undefined },
];

for (const { form, list, sum } of lists) {
  test(`a list with ${form} ${sum === undefined ? "gives no sum" : "gives the file's sum"}`, () => {
    assert.equal(publishedSum(list, "tool.tar.gz"), sum);
  });
}
