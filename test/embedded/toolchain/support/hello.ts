// A tool small enough to test with: a script that says its version, as a bare file, in an archive, in a wheel or "built" by a fake Go.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import fs from "node:fs";
import os from "node:os";
import path from "node:path";
import type { Tool } from "../../../../embedded/toolchain/tool.ts";

export const script = '#!/bin/sh\necho "hello version 1.2.3"\n';

export const hello: Tool = {
  name: "hello",
  version: "1.2.3",
  asks: { args: ["--version"], answer: /version (\S+)/ },
};

export const helloUrl = "https://releases.example/v{version}/hello-{arch}";
export const helloPath = "/releases.example/v1.2.3/hello-amd64";

export function sha256(content: string | Uint8Array): string {
  return createHash("sha256").update(content).digest("hex");
}

/** hello, released as a bare file that must hash to sum. */
export function releasedHello(sum: string): Tool {
  return {
    ...hello,
    release: {
      url: helloUrl,
      arch: { "linux-x64": "amd64", "linux-arm64": "arm64" },
      sums: { pinned: { "linux-x64": sum, "linux-arm64": sum } },
    },
  };
}

/** hello, to be built from the test machine's module of that name. */
export const builtHello: Tool = { ...hello, goBuild: { module: "hello", package: "example/hello", usualMinutes: 1 } };

/** A .tar.gz with the given files in it. */
export function tarball(files: Readonly<Record<string, string>>): Uint8Array {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), "sluice-tarball-"));
  try {
    for (const [name, content] of Object.entries(files)) {
      fs.mkdirSync(path.join(folder, path.dirname(name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), content);
    }
    return execFileSync("tar", ["-czf", "-", "-C", folder, ...Object.keys(files)]);
  } finally {
    fs.rmSync(folder, { recursive: true, force: true });
  }
}

/**
 * A Go for the test machine's PATH, as a shell script: it knows its version, and its builds write hello to the file after -o.
 * @param before shell commands that every build begins with
 */
export function fakeGo(version: string, before = ""): string {
  return `
case "$1" in
  env) echo go${version} ;;
  build)
    ${before}
    while [ "$1" != "-o" ]; do shift; done
    printf '%s\\n' '#!/bin/sh' 'echo "hello version 1.2.3"' > "$2" ;;
esac`;
}
