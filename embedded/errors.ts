/** Something the user can understand and act on; the command line prints its message without a stack. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  readonly forUser = true;
}

/** What a thrown value says, in one line or as many as its author gave it. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}

/** True when the operating system gave this code, e.g. "EEXIST", as the reason. */
export function hasCode(error: unknown, code: string): boolean {
  return error instanceof Error && "code" in error && error.code === code;
}
