import type { Options, Scenario } from "k6/options";
import type { Settings } from "./settings.ts";

// Requests come at their own rate, whether or not those before them were answered: a service that gets slow must not be asked less for it.

/** Half a minute of a few requests: whether the service answers at all. */
export function smoke(settings: Settings): Options {
  return profile(settings, {
    executor: "constant-arrival-rate",
    rate: 2,
    duration: "30s",
    preAllocatedVUs: 4,
  });
}

/** What the service must bear for long: up to the rate in a minute, there for five. */
export function load(settings: Settings): Options {
  const { rate } = settings;
  return profile(settings, {
    ...users(rate),
    stages: [
      { target: rate, duration: "1m" },
      { target: rate, duration: "5m" },
      { target: 0, duration: "30s" },
    ],
  });
}

/** Where the service breaks: twice and four times the rate, each for two minutes. It ends where a threshold is crossed. */
export function stress(settings: Settings): Options {
  const { rate } = settings;
  const { thresholds = {}, ...options } = profile(settings, {
    ...users(4 * rate),
    stages: [1, 2, 4].flatMap((times) => [
      { target: times * rate, duration: "30s" },
      { target: times * rate, duration: "2m" },
    ]),
  });
  const ending = Object.entries(thresholds).map(([metric, bounds]) => [
    metric,
    bounds.map((bound) => ({ threshold: typeof bound === "string" ? bound : bound.threshold, abortOnFail: true, delayAbortEval: "30s" })),
  ]);
  return { ...options, thresholds: Object.fromEntries(ending) };
}

/** A second's worth of requests can be under way, and ten if the service gets slow. */
function users(rate: number) {
  return { executor: "ramping-arrival-rate", startRate: 1, preAllocatedVUs: Math.ceil(rate), maxVUs: Math.ceil(10 * rate) } as const;
}

function profile({ failed, slower }: Settings, scenario: Scenario): Options {
  return {
    scenarios: { requests: scenario },
    thresholds: {
      http_req_failed: [`rate<=${failed}`],
      ...(slower.length > 0 && { http_req_duration: slower.map(([milliseconds, share]) => `p(${percentile(share)})<=${milliseconds}`) }),
      // Requests that k6 had no time to send prove nothing, so a run with such is not passed.
      dropped_iterations: ["count<=0"],
    },
    discardResponseBodies: true,
  };
}

/** Rounded so that a share of 0.1 is 90 and not the nearest number of a subtraction. */
function percentile(share: number): number {
  return Number((100 * (1 - share)).toPrecision(12));
}
