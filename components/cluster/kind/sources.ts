import { createHash } from "node:crypto";
import { globSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { DockerfileParser } from "dockerfile-ast";

/**
 * A digest of all that an image is built of: the Dockerfile and the files that it copies. What .dockerignore leaves out of a copied folder
 * counts as well, so that at worst something is taken for a change that is none.
 * @param context folder that is built from
 * @param dockerfile relative to it
 * @throws pulumi.RunError for a COPY or ADD of nothing
 */
export function sourcesDigest(context: string, dockerfile: string): string {
  const text = readFileSync(join(context, dockerfile), "utf8");
  const files = new Set(copiedPatterns(text).flatMap((pattern) => filesOf(context, pattern, dockerfile)));
  const hash = createHash("sha256").update(framed(text));
  for (const file of [...files].sort()) {
    const path = join(context, file);
    // Docker keeps the mode of what it copies, and of that who may execute it.
    hash.update(framed(`${file} ${statSync(path).mode & 0o111}`)).update(framed(readFileSync(path)));
  }
  return hash.digest("hex");
}

/** What COPY and ADD take from the context, and not from another stage or from the network. */
function copiedPatterns(dockerfile: string): readonly string[] {
  const copies = DockerfileParser.parse(dockerfile)
    .getInstructions()
    .filter((instruction) => ["COPY", "ADD"].includes(instruction.getKeyword()));
  const own = copies.filter((copy) => !/^\s*\w+\s+(--\S+\s+)*--from=/.test(copy.getTextContent()));
  const sources = own.flatMap((copy) =>
    copy
      .getArguments()
      .map((argument) => argument.getValue())
      .filter((value) => !value.startsWith("--"))
      .slice(0, -1),
  );
  return sources.filter((source) => !/^\w+:\/\//.test(source));
}

function filesOf(context: string, pattern: string, dockerfile: string): readonly string[] {
  const relative = pattern.replace(/^\/+/, "");
  const found = globSync([relative, `${relative.replace(/\/+$/, "")}/**`], { cwd: context });
  if (found.length === 0) throw new pulumi.RunError(`${dockerfile}: it copies ${pattern}, and there is nothing of that name in ${context}`);
  return found.filter((file) => statSync(join(context, file)).isFile());
}

/** With its length before it, so that no two lists of files are the same bytes. */
function framed(content: string | Buffer): Buffer {
  const bytes = Buffer.from(content);
  return Buffer.concat([Buffer.from(`${bytes.length}:`), bytes]);
}
