import { z } from "zod";
import { duration, expected, notOne, unsupported } from "./fields.ts";

const COMPOSITE = "an objective of several indicators is not computed; write an SLO for each";
const OF_THRESHOLD = "it belongs to thresholdMetric; leave it out";

/** Below a hundredth of the whole it is a share that was taken for percent, or the other way round. */
function partOf(whole: number, example: number) {
  const what = expected(`a number from ${whole / 100} to below ${whole}; write for example ${example}`);
  return z.number(what).refine((written) => written >= whole / 100 && written < whole, { ...what, abort: true });
}

/** In percent and seconds. */
export const objective = z
  .strictObject({
    displayName: z.string().optional(),
    target: partOf(1, 0.995).optional(),
    targetPercent: partOf(100, 99.5).optional(),
    timeSliceTarget: partOf(1, 0.95).optional(),
    // A number alone is one of minutes.
    timeSliceWindow: z.preprocess((written) => (typeof written === "number" ? `${written}m` : written), duration.optional()),
    op: unsupported(OF_THRESHOLD),
    value: unsupported(OF_THRESHOLD),
    indicator: unsupported(COMPOSITE),
    indicatorRef: unsupported(COMPOSITE),
    compositeWeight: unsupported(COMPOSITE),
  })
  .transform(({ target, targetPercent, timeSliceTarget, timeSliceWindow }, context) => {
    const percent = target === undefined ? targetPercent : target * 100;
    if (percent === undefined || (target !== undefined && targetPercent !== undefined)) {
      const message = notOne("target", "targetPercent", targetPercent);
      context.issues.push({ code: "custom", path: ["targetPercent"], input: targetPercent, message });
      return z.NEVER;
    }
    const sliceObjective = timeSliceTarget === undefined ? undefined : rounded(timeSliceTarget * 100);
    return { objective: rounded(percent), sliceObjective, sliceSeconds: timeSliceWindow };
  });

/** So that a target of 0.9995 is 99.95 %. */
function rounded(percent: number): number {
  return Number(percent.toPrecision(12));
}
