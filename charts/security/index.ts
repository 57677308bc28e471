// Where certificates and secrets come from, as objects of cert-manager and External Secrets.
export { type IssuerProps, issuerManifests } from "./issuer.ts";
export { type SecretStoreProps, secretStore } from "./secretStore.ts";
