/** Writes one line of the stand-in's log: a JSON object on standard output. */
export type Log = (level: "info" | "warning" | "error", message: string, fields?: Readonly<Record<string, unknown>>) => void;

export const log: Log = (level, message, fields = {}) => {
  process.stdout.write(`${JSON.stringify({ time: new Date().toISOString(), level, message, ...fields })}\n`);
};
