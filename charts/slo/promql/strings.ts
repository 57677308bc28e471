/** Escapes of one letter: Go's. */
const LETTERS: Readonly<Record<string, string>> = {
  a: "\x07",
  b: "\b",
  f: "\f",
  n: "\n",
  r: "\r",
  t: "\t",
  v: "\v",
  "\\": "\\",
};

const PIECE = /\\(?:x.{0,2}|u.{0,4}|U.{0,8}|[0-7]{1,3}|.)|[^\\]/gsu;

/** What a string of PromQL, with its quotes, stands for; undefined where Prometheus does not know one of its escapes. */
export function unquoted(literal: string): string | undefined {
  const quote = literal.slice(0, 1);
  const inside = literal.slice(1, -1);
  if (quote === "`") return inside;
  const characters = (inside.match(PIECE) ?? []).map((piece) => characterOf(piece, quote));
  return characters.includes(undefined) ? undefined : characters.join("");
}

function characterOf(piece: string, quote: string): string | undefined {
  if (!piece.startsWith("\\")) return piece;
  const escaped = piece.slice(1);
  if (escaped === quote) return quote;
  const [, byte, short, long] = /^(?:x([\da-fA-F]{2})|u([\da-fA-F]{4})|U([\da-fA-F]{8}))$/.exec(escaped) ?? [];
  const hex = byte ?? short ?? long;
  if (hex !== undefined) return characterAt(Number.parseInt(hex, 16));
  return /^[0-3][0-7]{2}$/.test(escaped) ? characterAt(Number.parseInt(escaped, 8)) : LETTERS[escaped];
}

/** Halves of a pair are no characters. */
function characterAt(code: number): string | undefined {
  return code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? undefined : String.fromCodePoint(code);
}
