/** What an environment is for decides what its platform may cost and how strict it is. */
export const ENVIRONMENTS = ["development", "staging", "production"] as const;

export type Environment = (typeof ENVIRONMENTS)[number];

/** The choices that come with an environment, in one place. A part of the platform is told the values, never the environment. */
export interface Preset {
  /** Copies of each controller of the platform, where it can have more than one. */
  readonly replicas: number;
  /** How long metrics, logs and traces are kept. */
  readonly retention: { readonly metricsDays: number; readonly logsDays: number; readonly tracesDays: number };
  /** Room for metrics, logs and traces, each, in GiB. */
  readonly storageGibibytes: number;
  /** One NAT gateway in all, which is cheap and fails with its zone, or one in each zone. */
  readonly nat: "one" | "each zone";
  /** The Pod Security level that namespaces of services enforce. */
  readonly podSecurity: "baseline" | "restricted";
  /** Whether a policy only reports or refuses. */
  readonly policies: "audit" | "enforce";
  /** Whether data outlives its resource: protected from Pulumi, deletion protection, final snapshots. */
  readonly keepsData: boolean;
}

export const presets: Readonly<Record<Environment, Preset>> = {
  development: {
    replicas: 1,
    retention: { metricsDays: 2, logsDays: 2, tracesDays: 1 },
    storageGibibytes: 10,
    nat: "one",
    podSecurity: "baseline",
    policies: "audit",
    keepsData: false,
  },
  staging: {
    replicas: 2,
    retention: { metricsDays: 15, logsDays: 14, tracesDays: 3 },
    storageGibibytes: 50,
    nat: "one",
    podSecurity: "restricted",
    policies: "enforce",
    keepsData: false,
  },
  production: {
    replicas: 3,
    retention: { metricsDays: 30, logsDays: 30, tracesDays: 7 },
    storageGibibytes: 200,
    nat: "each zone",
    podSecurity: "restricted",
    policies: "enforce",
    keepsData: true,
  },
};
