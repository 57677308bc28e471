import assert from "node:assert/strict";
import { test } from "node:test";
import { AUTONAMED, isAutonamed, type NamingRequest, withName } from "../../../embedded/kubernetesProvider/naming.ts";
import { UNKNOWN } from "../../../embedded/kubernetesProvider/propertyValues.ts";

const name = (request: Partial<NamingRequest>) =>
  withName({ inputs: {}, oldInputs: undefined, logicalName: "echo", suffix: "0123abcd", autonaming: undefined, ...request });

const autonamed = (text: string) => ({ metadata: { name: text, annotations: { [AUTONAMED]: "true" } } });

test("a nameless object is called after its resource with eight hexadecimal digits, and says that it was named here", () => {
  assert.deepEqual(name({}), autonamed("echo-0123abcd"));
  assert.deepEqual(name({ inputs: { metadata: { labels: { a: "b" }, annotations: { c: "d" } } } }), {
    metadata: { name: "echo-0123abcd", labels: { a: "b" }, annotations: { c: "d", [AUTONAMED]: "true" } },
  });
});

test("a name given here stays in later updates", () => {
  assert.deepEqual(name({ oldInputs: autonamed("echo-ffffffff") }), autonamed("echo-ffffffff"));
});

test("the program's name stays, also when it is not known yet", () => {
  for (const own of ["mine", UNKNOWN]) assert.deepEqual(name({ inputs: { metadata: { name: own } } }), { metadata: { name: own } });
});

test("metadata that is not known yet is left alone", () => {
  assert.deepEqual(name({ inputs: { metadata: UNKNOWN } }), { metadata: UNKNOWN });
});

test("an object whose program no longer names it gets a new name, not the old one", () => {
  assert.deepEqual(name({ oldInputs: { metadata: { name: "mine" } } }), autonamed("echo-0123abcd"));
});

test("the stack's autonaming setting proposes a name or forbids to make one", () => {
  assert.deepEqual(name({ autonaming: { mode: "propose", proposedName: "dev-echo" } }), autonamed("dev-echo"));
  assert.throws(() => name({ autonaming: { mode: "disable", proposedName: "" } }), /metadata\.name: must be set/);
});

test("generateName is refused with what to do instead", () => {
  assert.throws(
    () => name({ inputs: { metadata: { generateName: "echo-" } } }),
    /metadata\.generateName: not supported with server-side apply/,
  );
});

test("only the annotation tells that a name was given here", () => {
  assert.ok(isAutonamed(autonamed("x")));
  assert.ok(!isAutonamed({ metadata: { name: "x-0123abcd" } }));
});
