// Reading the checksum files that projects publish beside their releases.

/**
 * The sha256 of one file in a published list: lines of "HASH  NAME" (also "HASH *NAME", with a folder before the name, or inside a PGP signature),
 * or one bare hash for the only file. Undefined when the list does not have it.
 */
export function publishedSum(list: string, fileName: string): string | undefined {
  const entries = [...list.matchAll(/^([0-9a-f]{64})(?:[ \t]+\*?(\S+))?[ \t]*$/gim)];
  const named = entries.find(([, , name]) => name !== undefined && name.split("/").at(-1) === fileName);
  const bare = entries.length === 1 && entries[0]?.[2] === undefined ? entries[0] : undefined;
  return (named ?? bare)?.[1]?.toLowerCase();
}
