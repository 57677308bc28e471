import { CertificateIssuer, type IssuerProps } from "../../components/security/index.ts";
import { after, type Context, type Dependency } from "./context.ts";
import type { Entrance } from "./ingress.ts";
import { NAMESPACES } from "./namespaces.ts";
import { ISSUER } from "./security.ts";

/** Who signs the stack's certificates. A public authority asks through the ingress, so it comes after that. */
export function createIssuer(context: Context, ingress: Entrance | undefined, ...dependsOn: readonly Dependency[]): void {
  const certificates = context.stack.platform.security?.certificates;
  if (certificates === undefined) return;
  const authority = authorityOf(certificates, ingress);
  new CertificateIssuer(ISSUER, { namespace: NAMESPACES.security, authority }, after(context, ingress, ...dependsOn));
}

type Written = NonNullable<NonNullable<Context["stack"]["platform"]["security"]>["certificates"]>;

function authorityOf({ authority, email, server }: Written, ingress: Entrance | undefined): IssuerProps["authority"] {
  if (authority === "own") return { kind: "own" };
  const gateway = ingress !== undefined && "plainGateway" in ingress ? ingress.plainGateway : undefined;
  if (email === undefined || gateway === undefined)
    throw new Error("a public authority was let in without an e-mail address or a way to ask");
  return { kind: "acme", email, server, gateway };
}
