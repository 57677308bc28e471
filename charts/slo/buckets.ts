/** Every way in which a classic histogram's bucket of this bound may be labelled: "500", and "500.0" since Prometheus 3. */
export function spellingsOf(bound: number): readonly string[] {
  const plain = String(bound);
  const power = Math.floor(Math.log10(bound));
  // Go, and so Prometheus 3, turns to powers of ten here (strconv.FormatFloat, format g).
  if (power < -4 || power >= 6) return [plain, withPower(bound)];
  return plain.includes(".") ? [plain] : [plain, `${plain}.0`];
}

/** 1800000 is "1.8e+06": Go writes at least two digits of the power. */
function withPower(bound: number): string {
  return bound.toExponential().replace(/(?<=e[+-])(\d)$/, "0$1");
}
