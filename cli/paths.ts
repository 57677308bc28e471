// Where things of this checkout lie. State is under .sluice/, which git ignores, or where SLUICE_STATE says.
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const checkout = fileURLToPath(new URL("..", import.meta.url)).replace(/\/$/, "");
const state = process.env.SLUICE_STATE ?? join(checkout, ".sluice");

export const paths = {
  checkout,
  /** State of the embedded platform of stack local. */
  platform: join(state, "local"),
  /** Image store of the embedded node. */
  images: join(state, "images"),
  /** The tools that Pulumi looks for on the PATH, side by side. */
  bin: join(state, "bin"),
  /** What Node keeps of the code it has compiled. */
  compiled: join(state, "compiled"),
  /** Pulumi's state of stack local. */
  backend: join(state, "pulumi"),
  /** States of what `sluice bootstrap` has not finished. */
  bootstrap: join(state, "bootstrap"),
  /** A PULUMI_HOME of our own, used only where the official Kubernetes plugin cannot be downloaded. */
  standInHome: join(state, "pulumi-home"),
} as const;
