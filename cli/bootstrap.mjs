#!/usr/bin/env node
// The door of every command: plain JavaScript that any Node from 20 on runs. It installs the packages when the lock file has changed, then
// hands over to the project's own Node (an npm package), which runs TypeScript as it is. It writes to stderr only: stdout belongs to the command.
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";

const OLDEST_NODE = 20;
/** What has a program of its own; all else is a command of sluice. */
const PROGRAMS = { test: "test/run.ts", bench: "bench/run.ts", docs: "docs/reference/write.ts" };
const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));
const modules = path.join(root, "node_modules");
const bin = path.join(modules, ".bin");
const stampFile = path.join(modules, ".sluice-lock-sha256");
const lockFile = path.join(root, "package-lock.json");

class SetUpError extends Error {}

try {
  if (Number.parseInt(process.versions.node, 10) < OLDEST_NODE) {
    throw new SetUpError(`Sluice needs Node ${OLDEST_NODE} or newer to start; this is Node ${process.versions.node}.`);
  }
  if (!packagesAreIn()) await alone(path.join(root, ".sluice", "install.lock"), installPackages);
  process.exitCode = await handOver(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof SetUpError)) throw error;
  console.error(`error: ${error.message}`);
  process.exitCode = 1;
}

/** True when the packages of this very lock file are installed: by us (the stamp says so) or by the user's own `npm install`. */
function packagesAreIn() {
  if (!fs.existsSync(path.join(bin, "node"))) return false;
  if (textOf(stampFile) === lockHash()) return true;
  if (!installedByHand()) return false;
  fs.writeFileSync(stampFile, lockHash());
  return true;
}

/** npm notes what it installed in node_modules/.package-lock.json. Optional packages of other platforms are rightly absent there. */
function installedByHand() {
  const installed = JSON.parse(textOf(path.join(modules, ".package-lock.json")) || "{}").packages ?? {};
  const wanted = JSON.parse(textOf(lockFile)).packages;
  return Object.entries(wanted).every(([place, { version, integrity, optional }]) => {
    if (!place.includes("node_modules/")) return true;
    const present = installed[place];
    return present ? present.version === version && present.integrity === integrity : optional === true;
  });
}

function lockHash() {
  return createHash("sha256").update(fs.readFileSync(lockFile)).digest("hex");
}

function textOf(file) {
  return fs.existsSync(file) ? fs.readFileSync(file, "utf8") : "";
}

/** No package's install script is needed but that of `node`, which fetches Node itself; the others would only try to download more. */
async function installPackages() {
  if (packagesAreIn()) return;
  const quiet = ["--loglevel=error", "--no-audit", "--no-fund", "--no-progress"];
  await showing("installing packages", async () => {
    await npm(["ci", "--ignore-scripts", ...quiet]);
    await npm(["rebuild", "node", "--ignore-scripts=false", ...quiet]);
  });
  if (!fs.existsSync(path.join(bin, "node"))) {
    throw new SetUpError("the npm package `node` was installed but its program is missing. Delete node_modules and try again.");
  }
  fs.writeFileSync(stampFile, lockHash());
}

/** Runs npm without a word; its output is shown only when it fails. */
async function npm(args) {
  const child = withSignals(spawn("npm", args, { cwd: root, stdio: ["ignore", "pipe", "pipe"] }));
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream.on("data", (chunk) => (output += chunk));
  const outcome = await endOf(child);
  if (outcome.error?.code === "ENOENT") {
    throw new SetUpError(
      "npm was not found on the PATH, and Sluice's packages come through it. Install Node together with npm and try again.",
    );
  }
  if (outcome.error) throw new SetUpError(`npm could not be started: ${outcome.error.message}`);
  if (outcome.signal) process.exit(exitCode(outcome));
  if (outcome.code !== 0) {
    const tail = output.trim().split("\n").slice(0, 25).join("\n");
    throw new SetUpError(`\`npm ${args[0]}\` failed with exit code ${outcome.code}. npm said:\n${tail}`);
  }
}

/** Two commands started at once on a fresh clone must not install into one folder; the second waits for the first. */
async function alone(file, work) {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  let told = false;
  while (!claim(file)) {
    if (!told) console.error(`waiting for another Sluice command (process ${textOf(file)}) that is installing packages`);
    told = true;
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
  const release = () => fs.rmSync(file, { force: true });
  process.once("exit", release);
  await work();
  release();
  process.off("exit", release);
}

/** Takes the lock file, or takes it over from a process that is gone. */
function claim(file) {
  const mine = `${file}.${process.pid}`;
  fs.writeFileSync(mine, String(process.pid));
  try {
    fs.linkSync(mine, file);
    return true;
  } catch (error) {
    if (error.code !== "EEXIST") throw error;
    const holder = Number(textOf(file));
    if (holder > 0 && !isAlive(holder)) fs.rmSync(file, { force: true });
    return false;
  } finally {
    fs.rmSync(mine, { force: true });
  }
}

function isAlive(pid) {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return error.code === "EPERM";
  }
}

/** Says what is going on and for how long: on a terminal in one line that counts, elsewhere a line every 15 seconds. */
async function showing(what, work) {
  const started = Date.now();
  const seconds = () => Math.round((Date.now() - started) / 1000);
  const terminal = process.stderr.isTTY === true;
  const show = () => process.stderr.write(terminal ? `\r${what} ... ${seconds()} s` : `${what} ... ${seconds()} s\n`);
  show();
  const timer = setInterval(show, terminal ? 1000 : 15_000);
  try {
    await work();
    process.stderr.write(`${terminal ? "\r" : ""}${what}: done in ${seconds()} s\n`);
  } catch (error) {
    if (terminal) process.stderr.write("\n");
    throw error;
  } finally {
    clearInterval(timer);
  }
}

/** Runs the command under the project's Node, which its children find first on the PATH as well. Returns the exit code to end with. */
async function handOver([command, ...rest]) {
  const program = PROGRAMS[command];
  const script = program ? [path.join(root, program), ...rest] : [path.join(root, "cli", "main.ts"), ...process.argv.slice(2)];
  const env = { ...process.env, PATH: `${bin}${path.delimiter}${process.env.PATH ?? ""}` };
  const outcome = await endOf(withSignals(spawn(path.join(bin, "node"), script, { stdio: "inherit", env })));
  if (outcome.error)
    throw new SetUpError(`the project's own Node could not be started: ${outcome.error.message}. Delete node_modules and try again.`);
  return exitCode(outcome);
}

/** Passes signals on to a child, so that it decides how to end and we end after it. */
function withSignals(child) {
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) {
    const pass = () => {
      // Ctrl-C on a terminal reaches the child by itself, and a second one would mean "end at once" to it.
      if (signal !== "SIGINT" || !process.stdin.isTTY) child.kill(signal);
    };
    process.on(signal, pass);
    child.once("close", () => process.off(signal, pass));
  }
  return child;
}

function endOf(child) {
  return new Promise((resolve) => {
    child.once("error", (error) => resolve({ error }));
    child.once("close", (code, signal) => resolve({ code, signal }));
  });
}

/** A shell's way to put it: the code, or 128 plus the signal's number. */
function exitCode({ code, signal }) {
  return code ?? 128 + os.constants.signals[signal];
}
