/** Where the certificate of the public names is from. */
export type Tls =
  /** cert-manager's ClusterIssuer of this name makes it and renews it. */
  | { readonly issuer: string }
  /** It is there: a Secret of this name, of type kubernetes.io/tls, beside what uses it. Who renews it is not our business. */
  | { readonly secretName: string }
  /** Requests are readable on their way. For a cluster on a laptop only. */
  | "none";
