import { fileURLToPath } from "node:url";
import { Resvg } from "@resvg/resvg-js";
import { FONT } from "./svg.ts";

/** The font comes along, so that a picture looks the same on every machine, also on one without fonts. */
const fontFiles = ["400Regular/Inter_400Regular", "600SemiBold/Inter_600SemiBold"].map((font) =>
  fileURLToPath(import.meta.resolve(`@expo-google-fonts/inter/${font}.ttf`)),
);

/** @param svg a whole SVG document */
export function pngOf(svg: string): Uint8Array {
  return new Resvg(svg, { font: { fontFiles, loadSystemFonts: false, defaultFontFamily: FONT } }).render().asPng();
}
