import assert from "node:assert/strict";
import { createPrivateKey } from "node:crypto";
import { access, mkdir, readFile, stat, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { type TestContext, test } from "node:test";
import { ensureSecrets, secretFilesIn } from "../../../embedded/controlPlane/index.ts";
import { readToken } from "../../../embedded/controlPlane/secrets.ts";
import { temporaryFolder } from "../../support/folder.ts";
import { SHORT_LIVED } from "./certificate.ts";

async function freshSecrets(t: TestContext) {
  const directory = await temporaryFolder(t);
  return secretFilesIn(join(directory, "pki"));
}

test("each install has a token and a key of its own, kept over restarts", async (t) => {
  const [files, others] = [await freshSecrets(t), await freshSecrets(t)];
  await ensureSecrets(files);
  await ensureSecrets(others);
  const token = await readToken(files);
  assert.match(token, /^[0-9a-f]{64}$/);
  assert.notEqual(await readToken(others), token);
  const key = await readFile(files.serviceAccountKey, "utf8");
  assert.equal(createPrivateKey(key).asymmetricKeyType, "rsa");

  await ensureSecrets(files);
  assert.equal(await readToken(files), token);
  assert.equal(await readFile(files.serviceAccountKey, "utf8"), key);
});

test("only the user can read them", async (t) => {
  const files = await freshSecrets(t);
  await ensureSecrets(files);
  const mode = async (path: string) => (await stat(path)).mode & 0o777;
  assert.equal(await mode(files.directory), 0o700);
  assert.equal(await mode(files.tokens), 0o600);
  assert.equal(await mode(files.serviceAccountKey), 0o600);
});

test("a folder that was open to others is closed", async (t) => {
  const files = await freshSecrets(t);
  await mkdir(files.directory, { mode: 0o755 });
  await ensureSecrets(files);
  assert.equal((await stat(files.directory)).mode & 0o777, 0o700);
});

test("a token file that was left empty by a crash is made anew", async (t) => {
  const files = await freshSecrets(t);
  await mkdir(files.directory);
  await writeFile(files.tokens, "");
  await ensureSecrets(files);
  assert.match(await readToken(files), /^[0-9a-f]{64}$/);
});

test("a certificate that is about to run out is taken away, so that its part makes a new one", async (t) => {
  const files = await freshSecrets(t);
  await mkdir(files.apiServerCerts, { recursive: true });
  await writeFile(files.apiServerCa, SHORT_LIVED);
  const scheduler = join(files.directory, "kube-scheduler", "kube-scheduler.crt");
  await mkdir(dirname(scheduler));
  await writeFile(scheduler, SHORT_LIVED);
  await ensureSecrets(files);
  await assert.rejects(access(files.apiServerCa));
  await assert.rejects(access(scheduler));
});
