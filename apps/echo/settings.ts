/** How often and how the service misbehaves on purpose, so that a rollout has something to find. */
export interface Faults {
  /** Share of answers on / and /echo that are 500, from 0 to 1. */
  readonly errorRate: number;
  /** Share of answers on / and /echo that are late, from 0 to 1. Drawn apart from errors: an answer can be both. */
  readonly slowRate: number;
  /** How late a late answer is, in milliseconds. */
  readonly slowMs: number;
}

export interface Settings {
  readonly host: string;
  /** TCP port; 0 takes a free one, which the first log line names. */
  readonly port: number;
  /** What is served, as every answer's x-version header and every series' `version` label say it. */
  readonly version: string;
  readonly faults: Faults;
}

/** A start that is refused: the message holds every problem of the environment, each with its variable and reason. */
export class SettingsError extends Error {}

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads the settings from HOST, PORT, VERSION, ERROR_RATE, SLOW_RATE and SLOW_MS. A variable that is absent or empty takes its
 * default: 0.0.0.0, 8080, "dev", and no faults.
 * @throws SettingsError naming every variable that cannot be used
 */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];

  function number(name: string, fallback: number, wanted: string, allowed: (value: number) => boolean): number {
    const text = env[name] || String(fallback);
    const value = /^\d+(\.\d+)?$/.test(text) ? Number(text) : Number.NaN;
    if (!allowed(value)) problems.push(`${name}: "${text}" is not ${wanted}`);
    return value;
  }
  const share = (name: string) => number(name, 0, "a share between 0 and 1", (value) => value >= 0 && value <= 1);
  const whole = (name: string, fallback: number, highest: number) =>
    number(name, fallback, `a whole number between 0 and ${highest}`, (value) => Number.isInteger(value) && value <= highest);

  const settings: Settings = {
    host: env.HOST || "0.0.0.0",
    port: whole("PORT", 8080, 65_535),
    version: env.VERSION || "dev",
    faults: { errorRate: share("ERROR_RATE"), slowRate: share("SLOW_RATE"), slowMs: whole("SLOW_MS", 0, 60_000) },
  };
  if (settings.faults.slowRate > 0 && settings.faults.slowMs === 0) problems.push("SLOW_MS: must be above 0 when SLOW_RATE is");
  if (problems.length > 0) throw new SettingsError(problems.join("; "));
  return settings;
}
