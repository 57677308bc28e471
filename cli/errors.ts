/** An error of the command line that is the user's to mend: printed without a stack. */
export class CommandError extends Error {
  readonly forUser = true as const;

  constructor(message: string) {
    super(message);
    this.name = "CommandError";
  }
}
