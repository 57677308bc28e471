import * as units from "@grafana/grafana-foundation-sdk/units";

/** Every unit that Grafana knows, by the SDK's list. */
export const UNITS: ReadonlySet<string> = new Set(Object.values(units).filter((unit) => typeof unit === "string"));
