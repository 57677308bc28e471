import { cp, mkdir, mkdtemp, readdir, readFile, readlink, rename, rm, symlink, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { z } from "zod";
import { PlatformError } from "../errors.ts";
import { digestOf } from "./digest.ts";
import type { ImageReference } from "./reference.ts";
import type { ImageConfig, LocatedImage, StoredImage } from "./types.ts";

// <store>/<repository, URI-encoded>/sha256-<hex>/{image.json, files/} is content and never changes;
// <store>/<repository, URI-encoded>/tags/<tag> is a symbolic link to it.
const Words = z.array(z.string());
const Config = z.object({ entrypoint: Words, command: Words, env: z.record(z.string(), z.string()), workingDir: z.string() });

/** What to put into a store. */
export interface NewImage extends ImageConfig {
  readonly repository: string;
  readonly tag: string;
  /** Folder whose content becomes the image's files. It is copied. */
  readonly files: string;
  /** Let the tag move when it already names other content. Without it that is refused: a tag that changes its meaning is a rollout nobody sees. */
  readonly force?: boolean;
}

/** Images in a folder. Content is kept by digest and never changed; tags point to it. Several processes may use one store. */
export interface ImageStore {
  /** @throws PlatformError when the tag names other content and `force` is not set. */
  put(image: NewImage): Promise<StoredImage>;
  /** The image a reference names, or undefined. A digest decides over a tag beside it. */
  find(reference: ImageReference): Promise<LocatedImage | undefined>;
  /** All tags, by repository and tag. */
  list(): Promise<readonly StoredImage[]>;
}

/** Opens the store in a folder, which need not exist yet. */
export function openImageStore(store: string): ImageStore {
  const homeOf = (repository: string) => join(store, encodeURIComponent(repository));

  async function find({ repository, tag = "", digest }: ImageReference): Promise<LocatedImage | undefined> {
    const home = homeOf(repository);
    const folder = digest === undefined ? await linkTarget(join(home, "tags", tag)) : folderOf(digest);
    const config = folder && (await readConfig(join(home, folder, "image.json")));
    return folder && config
      ? { repository, tag, digest: folder.replace("-", ":"), ...config, files: join(home, folder, "files") }
      : undefined;
  }

  async function put({ repository, tag, files, force = false, entrypoint, command, env, workingDir }: NewImage): Promise<StoredImage> {
    const home = homeOf(repository);
    const config: ImageConfig = { entrypoint, command, env, workingDir };
    const digest = await digestOf(files, config);
    const present = await linkTarget(join(home, "tags", tag));
    if (present !== undefined && present !== folderOf(digest) && !force)
      throw new PlatformError(
        `${repository}:${tag} is already another image (${present.replace("-", ":").slice(0, 19)}...): choose a new tag, or move this one with --force`,
      );
    await keep(home, digest, files, config);
    await point(home, tag, digest);
    return { repository, tag, digest, ...config };
  }

  async function list(): Promise<readonly StoredImage[]> {
    const references = (await namesIn(store)).map(async (encoded) =>
      (await namesIn(join(store, encoded, "tags"))).map((tag) => ({ repository: decodeURIComponent(encoded), tag })),
    );
    const images = await Promise.all((await Promise.all(references)).flat().map(find));
    return images.filter((image) => image !== undefined).map(({ files: _, ...image }) => image);
  }

  return { put, find, list };
}

/** Copies the content to a temporary folder first and renames it, so that nobody ever sees half an image. */
async function keep(home: string, digest: string, files: string, config: ImageConfig): Promise<void> {
  const folder = join(home, folderOf(digest));
  if ((await readConfig(join(folder, "image.json"))) !== undefined) return;
  await mkdir(home, { recursive: true });
  const temporary = await mkdtemp(join(home, ".new-"));
  try {
    await cp(files, join(temporary, "files"), { recursive: true });
    await writeFile(join(temporary, "image.json"), `${JSON.stringify(config, undefined, 2)}\n`);
    await rename(temporary, folder);
  } catch (error) {
    await rm(temporary, { recursive: true, force: true });
    if ((await readConfig(join(folder, "image.json"))) === undefined) throw error; // else somebody else has just kept the same content
  }
}

async function point(home: string, tag: string, digest: string): Promise<void> {
  await mkdir(join(home, "tags"), { recursive: true });
  const temporary = join(home, `.tag-${process.pid}-${tag}`);
  await rm(temporary, { force: true });
  await symlink(join("..", folderOf(digest)), temporary);
  await rename(temporary, join(home, "tags", tag));
}

const folderOf = (digest: string) => digest.replace(":", "-");

async function linkTarget(link: string): Promise<string | undefined> {
  return readlink(link).then(basename, () => undefined);
}

async function readConfig(file: string): Promise<ImageConfig | undefined> {
  const text = await readFile(file, "utf8").catch(() => undefined);
  return text === undefined ? undefined : Config.parse(JSON.parse(text));
}

async function namesIn(folder: string): Promise<string[]> {
  return (await readdir(folder).catch(() => [])).sort();
}
