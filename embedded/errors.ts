/** Something the user can understand and act on; the command line prints its message without a stack. */
export class PlatformError extends Error {
  override readonly name = "PlatformError";
  readonly forUser = true;
}
