import { load } from "./profiles.ts";
import { readSettings } from "./settings.ts";

export { request as default } from "./request.ts";

export const options = load(readSettings(__ENV));
