// SVG as text. Every piece is drawn from its own corner (0, 0) and put in its place by who contains it.

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface TextStyle {
  /** Pixels. @default 12 */
  readonly size?: number;
  readonly weight?: 400 | 600;
  readonly fill?: string;
  readonly anchor?: "start" | "middle" | "end";
}

export const FONT = "Inter";

export function text(
  x: number,
  y: number,
  content: string,
  { size = 12, weight = 400, fill = "#ccccdc", anchor = "start" }: TextStyle = {},
): string {
  return `<text x="${x}" y="${y}" font-family="${FONT}" font-size="${size}" font-weight="${weight}" fill="${fill}" text-anchor="${anchor}">${escaped(content)}</text>`;
}

export function rect(x: number, y: number, { width, height }: Size, fill: string, radius = 0): string {
  return `<rect x="${x}" y="${y}" width="${Math.max(0, width)}" height="${Math.max(0, height)}" rx="${radius}" fill="${fill}"/>`;
}

export function at(x: number, y: number, content: string): string {
  return `<g transform="translate(${x},${y})">${content}</g>`;
}

/** How wide a text will be, nearly: letters of Inter are a little over half as wide as they are high. */
export function widthOf(content: string, size = 12): number {
  return content.length * size * 0.56;
}

/** A text that fits, with dots where something was left out. */
export function fitting(content: string, width: number, size = 12): string {
  const letters = Math.floor(width / (size * 0.56));
  return content.length <= letters ? content : `${content.slice(0, Math.max(0, letters - 1))}…`;
}

function escaped(content: string): string {
  return content.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
