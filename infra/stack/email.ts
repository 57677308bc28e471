import { field, matching } from "./field.ts";

export const email = field({ what: "an e-mail address", example: "platform@example.com", parse: matching(/^\S+@\S+\.\S+$/) });
