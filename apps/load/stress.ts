import { stress } from "./profiles.ts";
import { readSettings } from "./settings.ts";

export { request as default } from "./request.ts";

export const options = stress(readSettings(__ENV));
