import { MappingType, ThresholdsConfigBuilder, ThresholdsMode, type ValueMapping } from "@grafana/grafana-foundation-sdk/dashboard";

export type Colour = "green" | "yellow" | "orange" | "red" | "blue" | "purple" | "text";

/** The colour from a value upwards. The first one holds below all others too, whatever its value. */
export type Threshold = readonly [from: number, colour: Colour];

/** @param steps rising */
export function thresholdsOf(steps: readonly Threshold[]): ThresholdsConfigBuilder {
  return new ThresholdsConfigBuilder()
    .mode(ThresholdsMode.Absolute)
    .steps(steps.map(([value, color], index) => ({ value: index === 0 ? null : value, color })));
}

/** A state that a number stands for, and how it is shown. */
export interface State {
  readonly value: number;
  readonly text: string;
  readonly colour: Colour;
}

export function mappingsOf(states: readonly State[]): ValueMapping[] {
  const options = Object.fromEntries(states.map(({ value, text, colour }, index) => [String(value), { text, color: colour, index }]));
  return [{ type: MappingType.ValueToText, options }];
}
