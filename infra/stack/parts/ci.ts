import { z } from "zod";
import { field, matching } from "../field.ts";
import { SECRET_NAME } from "../secretKey.ts";
import { whole } from "../units.ts";

const secretName = field({
  what: "the name of a secret",
  example: "jenkins-admin",
  parse: matching(SECRET_NAME),
});

const url = field({
  what: "an address",
  example: "https://ci.example.com",
  parse: matching(/^https?:\/\/\S+$/),
});

/** Jenkins, where a team builds on the cluster. */
export const ci = z.strictObject({
  adminSecret: secretName.describe(
    "Secret, in Jenkins' namespace, with the administrator's name and password under `jenkins-admin-user` and `jenkins-admin-password`. It is made beforehand.",
  ),
  url: url.optional().describe("Where people find it, for the links it writes."),
  agents: whole(1).default(10).describe("Agents at the same time. More builds wait."),
  storage: whole(1).default(20).describe("Room for jobs and their logs, in GiB."),
});

export type WrittenCi = z.output<typeof ci>;
