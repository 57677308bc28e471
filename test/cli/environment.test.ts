import assert from "node:assert/strict";
import { test } from "node:test";
import { stateEnvironment } from "../../cli/pulumi/environment.ts";

const OWN = { PULUMI_BACKEND_URL: "file:///checkout/.sluice/pulumi", PULUMI_CONFIG_PASSPHRASE: "local" };

function inShell(shell: Readonly<Record<string, string>>) {
  const told: string[] = [];
  return { environment: stateEnvironment(shell, "/checkout/.sluice/pulumi", (line) => told.push(line)), told };
}

for (const { what, shell, told } of [
  { what: "a shell that knows nothing of Pulumi", shell: {}, told: [] },
  { what: "a shell with the passphrase of stack local", shell: { PULUMI_CONFIG_PASSPHRASE: "local" }, told: [] },
  {
    what: "a shell with a passphrase for other projects",
    shell: { PULUMI_CONFIG_PASSPHRASE: "other" },
    told: [
      "PULUMI_CONFIG_PASSPHRASE is left aside: stack local has a passphrase of its own. To use yours, set PULUMI_BACKEND_URL as well.",
    ],
  },
  {
    what: "a shell with a file that holds a passphrase",
    shell: { PULUMI_CONFIG_PASSPHRASE_FILE: "/home/me/passphrase" },
    told: [
      "PULUMI_CONFIG_PASSPHRASE_FILE is left aside: stack local has a passphrase of its own. To use yours, set PULUMI_BACKEND_URL as well.",
    ],
  },
]) {
  test(`in ${what} stack local's own backend and passphrase are used${told.length > 0 ? ", and the other's fate is told" : ""}`, () => {
    assert.deepEqual(inShell(shell), { environment: OWN, told });
  });
}

for (const secret of [{}, { PULUMI_CONFIG_PASSPHRASE: "mine" }, { PULUMI_CONFIG_PASSPHRASE_FILE: "/home/me/passphrase" }]) {
  test(`a shell with a backend and ${JSON.stringify(secret)} keeps both: nothing is ever encrypted with a passphrase that everybody knows`, () => {
    const { environment, told } = inShell({ PULUMI_BACKEND_URL: "s3://states", ...secret });
    assert.deepEqual([environment, told], [{ PULUMI_BACKEND_URL: "s3://states" }, []]);
  });
}
