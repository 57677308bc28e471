import { PlatformError } from "../errors.ts";

/** An image by name: a repository with a tag, a digest or both. With both the digest decides, as everywhere else. */
export interface ImageReference {
  readonly repository: string;
  readonly tag?: string;
  readonly digest?: string;
}

const REPOSITORY = /^[a-z0-9]+(?:[._-]+[a-z0-9]+)*(?::[0-9]+)?(?:\/[a-z0-9]+(?:[._-]+[a-z0-9]+)*)*$/;
const TAG = /^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$/;
const DIGEST = /^sha256:[0-9a-f]{64}$/;

/**
 * Takes "repo:tag", "repo:tag@sha256:..." or "repo@sha256:..." apart. A name without either means the tag "latest".
 * @throws PlatformError that names the part that is not well formed.
 */
export function parseReference(text: string): ImageReference {
  const [name = "", digest, ...rest] = text.split("@");
  if (rest.length > 0) throw new PlatformError(`image "${text}": more than one "@"`);
  if (digest !== undefined && !DIGEST.test(digest))
    throw new PlatformError(`image "${text}": "${digest}" is not a digest (sha256: and 64 hex digits)`);
  const { repository, tag } = splitTag(name);
  if (!REPOSITORY.test(repository))
    throw new PlatformError(`image "${text}": "${repository}" is not a repository name (lower case, e.g. localhost/echo)`);
  if (tag !== undefined) checkTag(tag);
  if (digest !== undefined) return tag === undefined ? { repository, digest } : { repository, tag, digest };
  return { repository, tag: tag ?? "latest" };
}

/** @throws PlatformError when `tag` cannot be a tag. */
export function checkTag(tag: string): void {
  if (!TAG.test(tag)) throw new PlatformError(`"${tag}" is not an image tag (letters, digits, ".", "_" and "-", at most 128)`);
}

/** A colon after the last slash starts a tag; one before it belongs to a registry's port. */
function splitTag(name: string): { repository: string; tag?: string } {
  const colon = name.indexOf(":", name.lastIndexOf("/") + 1);
  return colon < 0 ? { repository: name } : { repository: name.slice(0, colon), tag: name.slice(colon + 1) };
}

/** Whether the image only holds a pod's place, so that no process is needed to run it. */
export function needsNoProcess(image: string): boolean {
  return /^registry\.k8s\.io\/pause[:@]/.test(image);
}
