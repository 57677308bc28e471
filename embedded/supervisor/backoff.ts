/** A part that has been ready for this long starts again without delay when it ends. */
const CALM_SECONDS = 30;

/** Ends of a part in a row, counted anew after a calm time. */
export function failuresInARow(before: number, secondsReady: number): number {
  return secondsReady >= CALM_SECONDS ? 1 : before + 1;
}

/** Seconds to wait before the next start: 0.2, 0.4, 0.8 ... at most 10. */
export function backoffSeconds(failures: number): number {
  return Math.min(0.2 * 2 ** (failures - 1), 10);
}
