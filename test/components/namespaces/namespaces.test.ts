import assert from "node:assert/strict";
import { test } from "node:test";
import { Namespaces } from "../../../components/namespaces/index.ts";
import { recordResources } from "../../support/mocks.ts";

test("every object of every namespace is a resource of its own, below the component", async () => {
  const props = { podSecurity: "baseline", mesh: "none", egress: "anywhere", openings: [] } as const;
  const { all } = await recordResources(
    () =>
      new Namespaces("namespaces", {
        namespaces: [
          { name: "argocd", ...props },
          { name: "cicd", ...props },
        ],
      }),
  );
  const objects = all.filter(({ custom }) => custom);
  assert.equal(objects.length, 10);
  for (const { parent } of objects) assert.equal(parent, "sluice:namespaces:Namespaces namespaces");
});
