import type { Json, JsonObject } from "./json.ts";
import type { Match, StringMatch } from "./virtualService.ts";

/** What Envoy asks of a request for one Istio match; every condition must hold. No match at all takes every request. */
export function routeMatch(match: Match = {}): JsonObject {
  const headers = [
    ...Object.entries({ ":scheme": match.scheme, ":method": match.method, ":authority": match.authority, ...match.headers }).flatMap(
      ([name, value]) => (value === undefined ? [] : [headerMatch(name, value, false)]),
    ),
    ...Object.entries(match.withoutHeaders ?? {}).map(([name, value]) => headerMatch(name, value, true)),
  ];
  const parameters = Object.entries(match.queryParams ?? {}).map(([name, value]) => ({ name, ...presentOr(value, "string_match") }));
  return {
    ...pathMatch(match),
    ...(headers.length > 0 && { headers }),
    ...(parameters.length > 0 && { query_parameters: parameters }),
  };
}

function pathMatch({ uri, ignoreUriCase }: Match): JsonObject {
  const caseSensitive = ignoreUriCase ? { case_sensitive: false } : {};
  if (uri?.exact !== undefined) return { path: uri.exact, ...caseSensitive };
  if (uri?.regex !== undefined) return { safe_regex: { regex: uri.regex } };
  return { prefix: uri?.prefix ?? "/", ...caseSensitive };
}

function headerMatch(name: string, value: StringMatch, invert: boolean): Json {
  return { name: name.toLowerCase(), ...presentOr(value, "string_match"), ...(invert && { invert_match: true }) };
}

/** An empty match asks only that the thing is there. */
function presentOr(value: StringMatch, key: string): JsonObject {
  if (value.exact !== undefined) return { [key]: { exact: value.exact } };
  if (value.prefix !== undefined) return { [key]: { prefix: value.prefix } };
  if (value.regex !== undefined) return { [key]: { safe_regex: { regex: value.regex } } };
  return { present_match: true };
}

/** Conditions that have a meaning here, and those that say nothing about the request itself. */
const CONDITIONS = new Set(["uri", "ignoreUriCase", "scheme", "method", "authority", "headers", "withoutHeaders", "queryParams"]);
const NO_CONDITIONS = new Set(["name", "statPrefix", "gateways"]);

/** Conditions of a match that the embedded mesh cannot judge, such as sourceLabels. */
export function unknownConditions(match: Match): readonly string[] {
  return Object.keys(match).filter((key) => !CONDITIONS.has(key) && !NO_CONDITIONS.has(key));
}

/** Regular expressions of a match with their field's path, so that they can be checked before Envoy refuses them. */
export function regexesIn(match: Match): readonly (readonly [path: string, regex: string])[] {
  const named: Record<string, StringMatch | undefined> = {
    uri: match.uri,
    scheme: match.scheme,
    method: match.method,
    authority: match.authority,
  };
  for (const group of ["headers", "withoutHeaders", "queryParams"] as const) {
    for (const [name, value] of Object.entries(match[group] ?? {})) named[`${group}.${name}`] = value;
  }
  return Object.entries(named).flatMap(([path, value]) => (value?.regex === undefined ? [] : [[path, value.regex] as const]));
}

/**
 * Why Envoy (RE2) would not take a regular expression, as far as JavaScript can tell; undefined when it looks fine. One bad expression
 * makes Envoy refuse the whole route table, so a doubtful one is better left out.
 */
export function regexFault(regex: string): string | undefined {
  if (/\(\?(<?[=!]|>)|\\[1-9]|\\k</.test(regex)) return "look-around and back-references are not in RE2, which Envoy uses";
  try {
    // RE2 writes named groups (?P<name>) and inline flags (?i), which JavaScript does not know.
    new RegExp(regex.replaceAll("(?P<", "(?<").replace(/\(\?[imsU]+\)/g, ""));
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}
