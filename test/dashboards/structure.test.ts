// The SDK's package has no JSON schemas, but it has Grafana's types: each board's JSON is written down as the literal it is and checked
// against them by the compiler, which refuses a field that is not there as well as one of the wrong type.
import assert from "node:assert/strict";
import { join } from "node:path";
import { test } from "node:test";
import ts from "typescript";
import { boards } from "../../dashboards/index.ts";
import { asTypedLiterals } from "./support/typedLiterals.ts";

const file = join(import.meta.dirname, "board.json.ts");

/** What the compiler says of a file that is nowhere but here. */
function problemsOf(text: string): readonly string[] {
  const options: ts.CompilerOptions = {
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    target: ts.ScriptTarget.ES2024,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: [],
  };
  const host = ts.createCompilerHost(options);
  const { getSourceFile } = host;
  host.getSourceFile = (name, version) =>
    name === file ? ts.createSourceFile(name, text, version) : getSourceFile.call(host, name, version);
  const program = ts.createProgram([file], options, host);
  return ts.getPreEmitDiagnostics(program).map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, "\n"));
}

test("every board has the structure that Grafana's types ask for", () => {
  assert.deepEqual(problemsOf(asTypedLiterals(boards().map(({ json }) => json))), []);
});

test("a field that Grafana does not know is found, and one of the wrong type, at every depth", () => {
  const [json = "{}"] = boards().map((board) => board.json);
  const panel = {
    type: "timeseries",
    options: { legendary: true },
    targets: [{ expr: "up", step: 5 }],
    fieldConfig: { defaults: { decimals: "2" }, overrides: [] },
  };
  const problems = problemsOf(asTypedLiterals([JSON.stringify({ ...JSON.parse(json), colour: "red", panels: [panel] })])).join("\n");
  for (const field of ["colour", "legendary", "step"]) assert.match(problems, new RegExp(`"${field}"' does not exist in type`));
  assert.match(problems, /'string' is not assignable to type 'number/);
});
