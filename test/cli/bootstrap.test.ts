import assert from "node:assert/strict";
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { text } from "node:stream/consumers";
import { type TestContext, test } from "node:test";

const bootstrap = path.join(import.meta.dirname, "../../cli/bootstrap.mjs");

/** A checkout with nothing in it but the bootstrap, two commands that report how they were called, and an npm that only pretends. */
class Checkout {
  readonly root = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-bootstrap-"));
  readonly bin = path.join(this.root, "machine-bin");

  constructor(t: TestContext) {
    t.after(() => fs.rmSync(this.root, { recursive: true, force: true }));
    this.write("cli/bootstrap.mjs", fs.readFileSync(bootstrap, "utf8"));
    this.write("cli/main.ts", 'console.log("main", ...process.argv.slice(2)); process.exitCode = process.argv.length === 2 ? 7 : 0;');
    this.write("test/run.ts", 'console.log("tests", ...process.argv.slice(2));');
    this.lock({ tool: "1.0.0" });
    this.npm(`mkdir -p node_modules/.bin; [ "$1" = rebuild ] && ln -sf ${process.execPath} node_modules/.bin/node; exit 0`);
  }

  write(file: string, content: string): void {
    const place = path.join(this.root, file);
    fs.mkdirSync(path.dirname(place), { recursive: true });
    fs.writeFileSync(place, content);
  }

  /** A lock file of these packages. */
  lock(versions: Readonly<Record<string, string>>): void {
    const packages = Object.entries(versions).map(([name, version]) => [
      `node_modules/${name}`,
      { version, integrity: `sha512-${version}` },
    ]);
    this.write("package-lock.json", JSON.stringify({ packages: { "": {}, ...Object.fromEntries(packages) } }));
  }

  npm(script: string): void {
    this.write("machine-bin/npm", `#!/bin/sh\necho "$1" >> "${this.root}/npm.log"\n${script}\n`);
    fs.chmodSync(path.join(this.bin, "npm"), 0o755);
  }

  npmCalls(): readonly string[] {
    const log = path.join(this.root, "npm.log");
    return fs.existsSync(log) ? fs.readFileSync(log, "utf8").trim().split("\n") : [];
  }

  start(...args: string[]): ChildProcess & { stdout: NodeJS.ReadableStream; stderr: NodeJS.ReadableStream } {
    const env = { ...process.env, PATH: `${this.bin}:/usr/bin:/bin` };
    return spawn(process.execPath, [path.join(this.root, "cli/bootstrap.mjs"), ...args], { env, stdio: ["ignore", "pipe", "pipe"] });
  }

  async run(...args: string[]): Promise<{ code: unknown; stdout: string; stderr: string }> {
    const child = this.start(...args);
    const [stdout, stderr, [code]] = await Promise.all([text(child.stdout), text(child.stderr), once(child, "close")]);
    return { code, stdout, stderr };
  }
}

test("on a fresh clone the packages are installed before the command runs, and only the command writes to stdout", async (t) => {
  const checkout = new Checkout(t);
  const { code, stdout, stderr } = await checkout.run("env", "--shell");
  assert.deepEqual({ code, stdout }, { code: 0, stdout: "main env --shell\n" });
  assert.match(stderr, /^installing packages \.\.\. 0 s\n(.*\n)*installing packages: done in \d+ s\n$/);
  assert.deepEqual(checkout.npmCalls(), ["ci", "rebuild"]);
});

test("packages are installed again only when the lock file has changed", async (t) => {
  const checkout = new Checkout(t);
  await checkout.run("one");
  assert.equal((await checkout.run("two")).stderr, "");
  assert.equal(checkout.npmCalls().length, 2);
  checkout.lock({ tool: "1.1.0" });
  await checkout.run("three");
  assert.equal(checkout.npmCalls().length, 4);
});

test("packages that the user installed are left alone when they are those of the lock file", async (t) => {
  const checkout = new Checkout(t);
  await checkout.run("one");
  checkout.lock({ tool: "1.1.0", other: "2.0.0" });
  checkout.write("node_modules/.package-lock.json", fs.readFileSync(path.join(checkout.root, "package-lock.json"), "utf8"));
  await checkout.run("two");
  assert.equal(checkout.npmCalls().length, 2);
});

test("the command's exit code is kept", async (t) => {
  assert.equal((await new Checkout(t).run()).code, 7);
});

test("`test` runs the tests, with what else was given", async (t) => {
  assert.equal((await new Checkout(t).run("test", "gate", "mesh")).stdout, "tests gate mesh\n");
});

test("without npm it is said in one line what is missing", async (t) => {
  const checkout = new Checkout(t);
  fs.rmSync(path.join(checkout.bin, "npm"));
  const child = spawn(process.execPath, [path.join(checkout.root, "cli/bootstrap.mjs"), "demo"], { env: { PATH: checkout.bin } });
  const [stderr, [code]] = await Promise.all([text(child.stderr), once(child, "close")]);
  assert.equal(code, 1);
  assert.match(stderr, /\nerror: npm was not found on the PATH, .*try again\.\n$/);
});

test("when npm fails, what it said is shown, and the next command tries again", async (t) => {
  const checkout = new Checkout(t);
  checkout.npm("echo npm error network is down >&2; exit 3");
  const { code, stderr } = await checkout.run("demo");
  assert.equal(code, 1);
  assert.match(stderr, /error: `npm ci` failed with exit code 3\. npm said:\nnpm error network is down\n$/);
  await checkout.run("demo");
  assert.deepEqual(checkout.npmCalls(), ["ci", "ci"]);
});

test("a signal reaches the command, which decides how to end", async (t) => {
  const checkout = new Checkout(t);
  checkout.write("cli/main.ts", 'process.on("SIGTERM", () => process.exit(9)); setInterval(() => {}, 1000); console.log("ready");');
  const child = checkout.start("local", "up");
  await once(child.stdout, "data");
  child.kill("SIGTERM");
  assert.deepEqual(await once(child, "exit"), [9, null]);
});

test("a command that a signal ended is reported as a shell does", async (t) => {
  const checkout = new Checkout(t);
  checkout.write("cli/main.ts", 'process.kill(process.pid, "SIGKILL");');
  assert.equal((await checkout.run("demo")).code, 128 + os.constants.signals.SIGKILL);
});

test("two commands started at once on a fresh clone install once", async (t) => {
  const checkout = new Checkout(t);
  const outcomes = await Promise.all([checkout.run("one"), checkout.run("two")]);
  assert.deepEqual(outcomes.map(({ stdout }) => stdout).sort(), ["main one\n", "main two\n"]);
  assert.deepEqual(checkout.npmCalls(), ["ci", "rebuild"]);
});

test("an install ended by kill -9 does not block the next command", async (t) => {
  const checkout = new Checkout(t);
  checkout.write(".sluice/install.lock", String(await idOfEndedProcess()));
  assert.equal((await checkout.run("demo")).stdout, "main demo\n");
});

async function idOfEndedProcess(): Promise<number | undefined> {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  return child.pid;
}
