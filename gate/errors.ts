/** An error that is the user's to mend: printed without a stack. */
export class GateError extends Error {
  readonly forUser = true as const;

  constructor(message: string, options?: ErrorOptions) {
    super(message, options);
    this.name = "GateError";
  }
}
