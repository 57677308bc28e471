import assert from "node:assert/strict";
import { existsSync, mkdirSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { type TestContext, test } from "node:test";
import { bootstrapAws } from "../../../cli/awsBootstrap/index.ts";
import { temporaryFolder } from "../../support/folder.ts";

const place = { account: "111122223333", region: "eu-central-1", name: "acme-state" };
const WITH_A_RESOURCE = '{"deployment":{"resources":[{"urn":"bucket"}]}}\n';

/** An account with an `aws` and a `pulumi` that only pretend, and a way to bootstrap in it. */
async function account(t: TestContext, programs: readonly ("aws" | "pulumi")[] = ["aws", "pulumi"]) {
  const fake = await temporaryFolder(t);
  for (const name of ["bin", "project"]) mkdirSync(join(fake, name));
  for (const program of programs) symlinkSync(join(import.meta.dirname, "fakes", program), join(fake, "bin", program));
  const write = (file: string, text: string) => writeFileSync(join(fake, file), text);
  const has = (file: string) => (existsSync(join(fake, file)) ? readFileSync(join(fake, file), "utf8") : undefined);
  write("account", "111122223333\n");
  const path = programs.length === 2 ? `${join(fake, "bin")}:/usr/bin:/bin` : join(fake, "bin");
  const local = join(fake, "local");
  const said: string[] = [];
  return {
    fake,
    local,
    said,
    write,
    has,
    /** Bootstraps, and returns what was called. */
    async run(): Promise<readonly string[]> {
      rmSync(join(fake, "calls"), { force: true });
      await bootstrapAws(place, {
        environment: { PATH: path, FAKE: fake },
        project: join(fake, "project"),
        local,
        say: (line) => said.push(line),
      });
      return calls();
    },
    calls,
  };

  /** What was called since the last run began. */
  function calls(): readonly string[] {
    return (has("calls") ?? "").split("\n").filter((line) => line !== "");
  }
}

const changing = (calls: readonly string[]) => calls.filter((call) => /pulumi (up|config|stack (select|import|change))/.test(call));

test("the state is made on this machine, taken into the bucket, compared there, and gone from this machine", async (t) => {
  const it = await account(t);
  const calls = await it.run();
  assert.deepEqual(
    calls.map((call) => call.replaceAll(it.local, "LOCAL").replaceAll(" --non-interactive", "").replaceAll(" --stack acme-state", "")),
    [
      "aws sts get-caller-identity --query Account --output text --region eu-central-1",
      "aws s3api head-bucket --bucket acme-state --expected-bucket-owner 111122223333 --region eu-central-1",
      "file://LOCAL pulumi stack select acme-state --create --secrets-provider passphrase",
      "file://LOCAL pulumi config set sluice-state:account 111122223333",
      "file://LOCAL pulumi config set sluice-state:region eu-central-1",
      "file://LOCAL pulumi up --yes",
      "file://LOCAL pulumi stack change-secrets-provider awskms://alias/acme-state?region=eu-central-1",
      "file://LOCAL pulumi stack export --file LOCAL/acme-state.json",
      "s3://acme-state pulumi stack select acme-state --create --secrets-provider awskms://alias/acme-state?region=eu-central-1",
      "s3://acme-state pulumi stack import --file LOCAL/acme-state.json",
      "s3://acme-state pulumi preview --expect-no-changes",
    ],
  );
  assert.equal(it.has("s3/acme-state.json"), WITH_A_RESOURCE);
  assert.equal(existsSync(it.local), false);
});

test("every step is told before it runs, and what it prints", async (t) => {
  const it = await account(t);
  await it.run();
  const up = it.said.findIndex((line) => /^bucket, key and role: .*pulumi up --yes/.test(line));
  assert.equal(it.said[up + 1], "  made");
});

test("a second time only the backend itself is brought up to date, with its state where it is", async (t) => {
  const it = await account(t);
  await it.run();
  assert.deepEqual(changing(await it.run()), ["s3://acme-state pulumi up --yes --stack acme-state --non-interactive"]);
  assert.equal(it.has("s3/acme-state.json"), WITH_A_RESOURCE);
});

for (const step of ["up --yes", "stack change-secrets-provider", "stack export", "stack import", "preview --expect-no-changes"]) {
  test(`after pulumi ${step} failed the state is not lost, and the next run ends well`, async (t) => {
    const it = await account(t);
    it.write("fail", `${step}\n`);
    await assert.rejects(it.run(), isForUser(/pulumi failed\..*run it again to go on(.|\n)*fails/));
    assert.notEqual(it.has("local/.pulumi/stacks/sluice-state/acme-state.json"), undefined);
    rmSync(join(it.fake, "fail"));
    await it.run();
    assert.equal(it.has("s3/acme-state.json"), WITH_A_RESOURCE);
    assert.equal(existsSync(it.local), false);
  });
}

test("credentials for another account end it before anything is asked of Pulumi", async (t) => {
  const it = await account(t);
  it.write("account", "999988887777\n");
  await assert.rejects(it.run(), isForUser(/credentials are for account 999988887777, not 111122223333; nothing was done/));
  assert.equal(it.calls().length, 1);
});

test("a bucket of somebody else ends it", async (t) => {
  const it = await account(t);
  it.write("forbidden", "");
  await assert.rejects(it.run(), isForUser(/bucket acme-state is somebody else's(.|\n)*Forbidden/));
  assert.deepEqual(changing(it.calls()), []);
});

test("a bucket that holds no state of its own was made by others, and is left alone", async (t) => {
  const it = await account(t);
  it.write("bucket", "");
  await assert.rejects(it.run(), isForUser(/there is a bucket acme-state already that this command did not make/));
  assert.deepEqual(changing(it.calls()), []);
});

for (const missing of ["aws", "pulumi"] as const) {
  test(`without ${missing} on the PATH it says where to get it`, async (t) => {
    const it = await account(t, missing === "aws" ? [] : ["aws"]);
    // The pretended programs are shell scripts, and need a shell's own on the PATH.
    for (const tool of ["cat", "sh"]) symlinkSync(`/bin/${tool}`, join(it.fake, "bin", tool));
    await assert.rejects(it.run(), isForUser(new RegExp(`^${missing} cannot be run .*To get it: https://`)));
  });
}

/** The command prints such an error without a stack. */
function isForUser(message: RegExp): (error: unknown) => boolean {
  return (error) => error instanceof Error && "forUser" in error && message.test(error.message);
}
