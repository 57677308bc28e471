/** Plain data: what Envoy's config files are made of. Keys whose value is undefined are left out when written. */
export type Json = string | number | boolean | null | readonly Json[] | JsonObject;
export type JsonObject = { readonly [key: string]: Json | undefined };

/** A typed extension of Envoy: the type's name without "envoy.extensions." and its fields. */
export function extension(type: string, fields: JsonObject = {}): JsonObject {
  return { "@type": `type.googleapis.com/envoy.extensions.${type}`, ...fields };
}
