// What guards the cluster: policies at the door, secrets from outside, certificates, and a look at what runs. Each can be had alone.
export type { IssuerProps } from "../../charts/security/index.ts";
export { CertificateIssuer, Certificates, type CertificatesArgs } from "./certificates.ts";
export { ExternalSecrets, type ExternalSecretsArgs } from "./externalSecrets.ts";
export { PolicyEngine, type PolicyEngineArgs } from "./policyEngine.ts";
export { type ScannerArgs, VulnerabilityScanner } from "./scanner.ts";
export { SealedSecrets, type SealedSecretsArgs } from "./sealedSecrets.ts";
