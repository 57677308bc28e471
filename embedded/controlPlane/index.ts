/** What the control plane's programs are told: their flags, their secrets, and the set-up of a fresh cluster. */
export { ARGO_ROLLOUTS_READY, apiServerFlags, argoRolloutsFlags, controllerManagerFlags, etcdFlags, schedulerFlags } from "./flags.ts";
export { ensureSecrets, type SecretFiles, secretFilesIn } from "./secrets.ts";
