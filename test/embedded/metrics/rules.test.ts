import assert from "node:assert/strict";
import { test } from "node:test";
import fc from "fast-check";
import { reasonIn } from "../../../embedded/metrics/promtool.ts";
import { ruleFileOf } from "../../../embedded/metrics/rules.ts";
import { createVerdicts } from "../../../embedded/metrics/verdicts.ts";
import { prometheusRule } from "./cluster.ts";

test("a rule file holds the groups as they are, but for what is not Prometheus' own", () => {
  const rule = prometheusRule("r", []);
  const groups = [
    {
      name: "g",
      interval: "30s",
      partial_response_strategy: "warn",
      rules: [{ alert: "A", expr: 1, for: "5m", labels: { severity: "page" } }],
    },
  ];
  const rules = ruleFileOf({ ...rule, spec: { groups } }, assert.fail);
  assert.equal(rules?.file, "default_r.yaml");
  const expected = [{ name: "g", interval: "30s", rules: [{ alert: "A", expr: "1", for: "5m", labels: { severity: "page" } }] }];
  assert.deepEqual(JSON.parse(rules?.text ?? ""), { groups: expected });
});

test("promtool's words are told without its files and positions", () => {
  const file = "/tmp/x/0.yaml";
  const rules = `  FAILED:\n${file}: 1:56: group "g", rule 1, "a:b": could not parse\n${file}: 0:0: groupname: "g" is repeated\n`;
  assert.equal(reasonIn(rules, [file]), 'group "g", rule 1, "a:b": could not parse; groupname: "g" is repeated');
  assert.equal(
    reasonIn(`  FAILED: parsing YAML file ${file}: scrape timeout greater than scrape interval\n`, [file]),
    "scrape timeout greater than scrape interval",
  );
});

test("just the texts that are refused are found, each with its own reason, however many there are", async () => {
  await fc.assert(
    fc.asyncProperty(fc.uniqueArray(fc.string(), { maxLength: 40 }), fc.func(fc.boolean()), async (texts, isRefused) => {
      const refused = texts.filter((text) => isRefused(text));
      const verdicts = createVerdicts(async (asked) => {
        const found = asked.filter((text) => refused.includes(text));
        return found.length === 0 ? undefined : found.map((text) => `no ${text}`).join();
      });
      assert.deepEqual(
        new Map([...(await verdicts.refused(texts))].sort()),
        new Map(refused.map((text) => [text, `no ${text}`] as const).sort()),
      );
    }),
  );
});

test("one bad rule among 500 costs few questions, and what was judged is not asked about again", async () => {
  let questions = 0;
  const verdicts = createVerdicts(async (asked) => {
    questions++;
    return asked.includes("250") ? "bad" : undefined;
  });
  const texts = Array.from({ length: 500 }, (_, n) => String(n));
  assert.deepEqual([...(await verdicts.refused(texts))], [["250", "bad"]]);
  assert.ok(questions <= 20, `${questions} questions`);
  questions = 0;
  assert.deepEqual([...(await verdicts.refused([...texts, "new"]))], [["250", "bad"]]);
  assert.equal(questions, 1);
});
