/**
 * A stand-in for the official Kubernetes plugin of Pulumi, for machines where that cannot be downloaded. It runs as a process that Pulumi
 * starts (main.ts); all that others do with it is install it. What it does and leaves out: docs/decisions/kubernetes-provider-stand-in.md.
 */
export { type InstallOptions, installProvider } from "./install.ts";
