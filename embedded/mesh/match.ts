import { messageOf } from "../errors.ts";
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

/** An empty match, or an empty prefix, asks only that the thing is there. */
function presentOr(value: StringMatch, key: string): JsonObject {
  if (value.exact !== undefined) return { [key]: { exact: value.exact } };
  if (value.prefix) return { [key]: { prefix: value.prefix } };
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

/**
 * What Envoy would not take in a match, as far as can be told here: the field's path and what is wrong. One such thing makes Envoy refuse
 * the whole route table, so a doubtful match is better left out.
 */
export function matchFaults(match: Match): readonly (readonly [path: string, fault: string])[] {
  const named: Record<string, StringMatch | undefined> = {
    uri: match.uri,
    scheme: match.scheme,
    method: match.method,
    authority: match.authority,
  };
  const faults: [string, string][] = [];
  for (const group of ["headers", "withoutHeaders", "queryParams"] as const) {
    for (const [name, value] of Object.entries(match[group] ?? {})) {
      named[`${group}.${name}`] = value;
      if (group !== "queryParams" && !/^:?[\w!#$%&'*+.^`|~-]+$/.test(name)) faults.push([`${group}.${name}`, "is no header's name"]);
    }
  }
  for (const [path, value] of Object.entries(named)) {
    const fault = value?.regex === undefined ? undefined : regexFault(value.regex);
    if (fault !== undefined) faults.push([`${path}.regex`, fault]);
  }
  return faults;
}

/** Why RE2, which Envoy uses, would not take a regular expression, as far as JavaScript can tell. */
function regexFault(regex: string): string | undefined {
  if (regex === "") return "is empty";
  if (/\(\?(<?[=!]|>)|\\[1-9]|\\k</.test(regex)) return "look-around and back-references are not in RE2, which Envoy uses";
  try {
    // RE2 writes named groups (?P<name>) and inline flags (?i), which JavaScript does not know.
    new RegExp(regex.replaceAll("(?P<", "(?<").replace(/\(\?[imsU]+\)/g, ""));
    return undefined;
  } catch (error) {
    return messageOf(error);
  }
}
