/** What the control plane's programs are told: their flags, their secrets, and the set-up of a fresh cluster. */
export * from "./flags.ts";
export { ensureSecrets, type SecretFiles, secretFilesIn } from "./secrets.ts";
