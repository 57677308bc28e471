import { smoke } from "./profiles.ts";
import { readSettings } from "./settings.ts";

export { request as default } from "./request.ts";

export const options = smoke(readSettings(__ENV));
