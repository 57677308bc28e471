import assert from "node:assert/strict";
import { test } from "node:test";
import { assembleKind, kind } from "../../../infra/stack/parts/kind.ts";
import { assembleRegistry, registry } from "../../../infra/stack/parts/registry.ts";
import { explainForm, problemsOf } from "../../../infra/stack/problems.ts";

function told(schema: typeof kind | typeof registry, value: unknown): readonly string[] {
  const decoded = schema.safeParse(value, { error: explainForm });
  return decoded.success ? [] : problemsOf(decoded.error).map(({ path, reason }) => `${path}: ${reason}`);
}

test("a kind cluster needs nothing but its kind", () => {
  assert.deepEqual(assembleKind(kind.parse({ kind: "kind" })), {
    kind: "kind",
    nodes: 1,
    kubernetes: "1.34",
    ports: { http: 8080, https: 8443 },
    registryPort: 5001,
  });
});

test("a registry that says nothing keeps a hundred images and gives nobody a role", () => {
  assert.deepEqual(assembleRegistry(registry.parse({})), { keepImages: 100 });
});

test("GitHub may push from a branch", () => {
  const github = { repository: "octo@123/shop@456", branches: ["release/1.x"] };
  assert.deepEqual(assembleRegistry(registry.parse({ github })).github, { ...github, environments: [], isTrusted: false });
});

const refused: readonly (readonly [string, typeof kind | typeof registry, unknown, readonly RegExp[]])[] = [
  ["a version that YAML has made a number of", kind, { kind: "kind", kubernetes: 1.34 }, [/^kubernetes: 1\.34 is a number here.*quote it/]],
  ["a version without an image", kind, { kind: "kind", kubernetes: "1.20" }, [/^kubernetes: "1\.20" is not .*1\.34/]],
  ["one port for two", kind, { kind: "kind", httpsPort: 8080 }, [/^httpsPort: 8080 is taken by httpPort/]],
  ["a key that is none", kind, { kind: "kind", node: 3 }, [/^node: unknown; did you mean nodes\?/]],
  ["all at once", kind, { kind: "kind", nodes: 0, name: "A" }, [/^name: "A" is not/, /^nodes: 0 is not/]],
  ["few images", registry, { keep: 5 }, [/^keep: 5 is not a whole number of at least 10/]],
  [
    "a link to a repository",
    registry,
    { github: { repository: "https://github.com/octo/shop", branches: ["main"] } },
    [/^github\.repository: .* is a link/],
  ],
  ["GitHub with nobody who pushes", registry, { github: { repository: "octo/shop" } }, [/^github\.branches: empty/]],
  ["any branch", registry, { github: { repository: "octo/shop", branches: ["*"] } }, [/^github\.branches\[0\]: "\*" is not a name/]],
];
for (const [what, schema, value, reasons] of refused) {
  test(`${what} is refused`, () => {
    const problems = told(schema, value);
    assert.equal(problems.length, reasons.length, problems.join("\n"));
    for (const [index, reason] of reasons.entries()) assert.match(problems[index] ?? "", reason);
  });
}
