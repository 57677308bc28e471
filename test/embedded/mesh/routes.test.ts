import assert from "node:assert/strict";
import { test } from "node:test";
import { z } from "zod";
import { translate } from "../../../embedded/mesh/translate.ts";
import { destinationRule, snapshot, split, virtualService } from "./objects.ts";

const Table = z.object({
  resources: z.tuple([
    z.object({
      virtual_hosts: z.array(
        z.object({ name: z.string(), domains: z.array(z.string()), routes: z.array(z.record(z.string(), z.unknown())) }),
      ),
    }),
  ]),
});

function tableOf(parts: Parameters<typeof snapshot>[0]) {
  const { files, problems } = translate(snapshot(parts));
  return { hosts: Table.parse(files.get("routes.json")).resources[0].virtual_hosts, problems: problems.map(({ message }) => message) };
}

/** The Envoy routes of one VirtualService with one http route, and what was reported. */
function routesOf(http: object) {
  const spec = { hosts: ["echo.localhost"], http: [{ route: [{ destination: { host: "echo-stable" } }], ...http }] };
  const { hosts, problems } = tableOf({ virtualServices: [virtualService(spec)] });
  return { routes: hosts.find(({ domains }) => domains.includes("echo.localhost"))?.routes ?? [], problems };
}

for (const [what, match, expected] of [
  ["a path's prefix", { uri: { prefix: "/api" } }, { prefix: "/api" }],
  ["an exact path", { uri: { exact: "/" } }, { path: "/" }],
  ["a path in any case", { uri: { prefix: "/a" }, ignoreUriCase: true }, { prefix: "/a", case_sensitive: false }],
  ["a path's pattern", { uri: { regex: "/v[0-9]+/.*" } }, { safe_regex: { regex: "/v[0-9]+/.*" } }],
  ["a method", { method: { exact: "GET" } }, { prefix: "/", headers: [{ name: ":method", string_match: { exact: "GET" } }] }],
  [
    "a header",
    { headers: { "X-Canary": { exact: "yes" } } },
    { prefix: "/", headers: [{ name: "x-canary", string_match: { exact: "yes" } }] },
  ],
  ["a header that is there", { headers: { a: {} } }, { prefix: "/", headers: [{ name: "a", present_match: true }] }],
  [
    "a header that is not so",
    { withoutHeaders: { a: { prefix: "b" } } },
    { prefix: "/", headers: [{ name: "a", string_match: { prefix: "b" }, invert_match: true }] },
  ],
  [
    "a query parameter",
    { queryParams: { q: { exact: "1" } } },
    { prefix: "/", query_parameters: [{ name: "q", string_match: { exact: "1" } }] },
  ],
] as const) {
  test(`a match on ${what} becomes Envoy's`, () => assert.deepEqual(routesOf({ match: [match] }).routes[0]?.match, expected));
}

test("alternatives of a match are routes of their own, in order", () => {
  const { routes } = routesOf({ match: [{ uri: { exact: "/a" } }, { uri: { exact: "/b" } }] });
  assert.deepEqual(
    routes.map(({ match }) => match),
    [{ path: "/a" }, { path: "/b" }],
  );
});

const Action = z.object({ route: z.looseObject({ timeout: z.string(), retry_policy: z.looseObject({}).optional() }) });
const actionOf = (http: object) => Action.parse(routesOf(http).routes[0]).route;

test("without a time-out a request may take as long as it likes, as with Istio", () => assert.equal(actionOf({}).timeout, "0s"));

for (const [time, envoys] of [
  ["300ms", "0.3s"],
  ["1.5s", "1.5s"],
  ["1m30s", "90s"],
  ["2h", "7200s"],
]) {
  test(`a time-out of ${time} is ${envoys} to Envoy`, () => assert.equal(actionOf({ timeout: time }).timeout, envoys));
}

test("two retries on another pod are the default, for what cannot have been worked on", () => {
  const { retry_on, num_retries, host_selection_retry_max_attempts } = actionOf({}).retry_policy ?? {};
  assert.equal(retry_on, "connect-failure,refused-stream,unavailable,cancelled,reset-before-request");
  assert.equal(num_retries, 2);
  assert.equal(host_selection_retry_max_attempts, 5);
});

test("no attempts means no retry policy", () => assert.equal(actionOf({ retries: { attempts: 0 } }).retry_policy, undefined));

test("statuses in retryOn are told to Envoy as statuses", () => {
  const policy = actionOf({ retries: { attempts: 3, perTryTimeout: "250ms", retryOn: "reset, 503,429" } }).retry_policy;
  assert.equal(policy?.retry_on, "reset,retriable-status-codes");
  assert.deepEqual(policy?.retriable_status_codes, [503, 429]);
  assert.equal(policy?.per_try_timeout, "0.25s");
});

test("a rewrite changes path and host", () => {
  const action = actionOf({ rewrite: { uri: "/new", authority: "other.example" } });
  assert.equal(action.prefix_rewrite, "/new");
  assert.equal(action.host_rewrite_literal, "other.example");
});

test("a redirect and a direct response need no destination", () => {
  const redirected = routesOf({ route: undefined, redirect: { uri: "/x", redirectCode: 308 } });
  assert.deepEqual(redirected.routes[0]?.redirect, { path_redirect: "/x", response_code: "PERMANENT_REDIRECT" });
  const answered = routesOf({ route: undefined, directResponse: { status: 418, body: { string: "tea" } } });
  assert.deepEqual(answered.routes[0]?.direct_response, { status: 418, body: { inline_string: "tea" } });
});

test("a destination without a share is left out, so the last one standing gets everything", () => {
  const { hosts } = tableOf({ virtualServices: [virtualService(split(0))] });
  const { route } = z.object({ route: z.looseObject({}) }).parse(hosts[0]?.routes[0]);
  assert.equal(route.weighted_clusters, undefined);
  assert.deepEqual(route.metadata_match, {
    filter_metadata: { "envoy.lb": { serves: "outbound|80||echo-stable.default.svc.cluster.local" } },
  });
});

for (const [what, http, problem] of [
  ["fault injection", { fault: { abort: { httpStatus: 500 } } }, /^spec\.http\[0\]\.fault: .*does not do this/],
  ["header changes", { headers: { request: { set: { a: "b" } } } }, /^spec\.http\[0\]\.headers: /],
  ["a back-off", { retries: { attempts: 1, backoff: "1s" } }, /^spec\.http\[0\]\.retries\.backoff: /],
  [
    "a header change of one destination",
    { route: [{ destination: { host: "echo-stable" }, headers: {} }] },
    /^spec\.http\[0\]\.route\[0\]\.headers: /,
  ],
] as const) {
  test(`${what} is reported and the route is served without it`, () => {
    const { routes, problems } = routesOf(http);
    assert.equal(routes.length, 1);
    assert.equal(problems.length, 1);
    assert.match(problems[0] ?? "", problem);
  });
}

for (const [what, http, problem] of [
  ["a condition that cannot be judged", { match: [{ sourceLabels: { app: "a" } }] }, /match\[0\]\.sourceLabels: .*takes no request/],
  ["a pattern RE2 does not have", { match: [{ uri: { regex: "/(?!x).*" } }] }, /match\[0\]\.uri\.regex: look-around/],
  ["a broken pattern", { match: [{ headers: { a: { regex: "(" } } }] }, /match\[0\]\.headers\.a\.regex: Invalid regular expression/],
  ["an empty pattern", { match: [{ uri: { regex: "" } }] }, /match\[0\]\.uri\.regex: is empty/],
  ["a header no request has", { match: [{ headers: { "x canary": {} } }] }, /match\[0\]\.headers\.x canary: is no header's name/],
  ["no destination", { route: [] }, /http\[0\]\.route: there is nowhere to send requests to/],
  [
    "weights that add up to nothing",
    { route: [{ destination: { host: "echo" } }, { destination: { host: "echo-canary" } }] },
    /the weights add up to 0/,
  ],
  ["a redirect no browser knows", { redirect: { redirectCode: 399 } }, /redirectCode: 399 is none of 301, 302/],
] as const) {
  test(`a route with ${what} is reported and takes no request`, () => {
    const { routes, problems } = routesOf(http);
    assert.deepEqual(routes, []);
    assert.match(problems[0] ?? "", problem);
    assert.match(problems[1] ?? "", /spec\.http: no route can be served/);
  });
}

for (const [what, destination, problem] of [
  [
    "a Service that is not there",
    { host: "nobody" },
    /destination\.host: there is no Service "nobody" in namespace default; its requests get 503/,
  ],
  ["a port the Service has not", { host: "echo", port: { number: 81 } }, /destination\.port: Service "echo" has no port 81 \(it has 80\)/],
  ["a subset no rule defines", { host: "echo", subset: "v9" }, /destination\.subset: no DestinationRule of "echo" has subset "v9"/],
] as const) {
  test(`a route to ${what} is reported and stays, so that its requests go to nobody else`, () => {
    const { routes, problems } = routesOf({ route: [{ destination }] });
    assert.equal(routes.length, 1);
    assert.match(problems[0] ?? "", problem);
  });
}

test("a VirtualService that cannot be read is reported and its hosts are not served", () => {
  const { hosts, problems } = tableOf({ virtualServices: [virtualService({ hosts: ["a.localhost"], http: [{ timeout: "soon" }] })] });
  assert.deepEqual(problems, ['spec.http[0].timeout: "soon" is not a time such as 300ms, 1.5s or 2m']);
  assert.ok(!hosts.some(({ domains }) => domains.includes("a.localhost")));
});

test("a DestinationRule that asks for what all pods have is heeded, another is told", () => {
  const policy = (simple: string, idleTimeout: string) => ({ loadBalancer: { simple }, connectionPool: { http: { idleTimeout } } });
  const problems = (trafficPolicy: object) => tableOf({ destinationRules: [destinationRule({ host: "echo", trafficPolicy })] }).problems;
  assert.deepEqual(problems(policy("LEAST_REQUEST", "4s")), []);
  assert.deepEqual(problems(policy("RANDOM", "1h")), [
    "spec.trafficPolicy.loadBalancer.simple: the embedded mesh always uses LEAST_REQUEST",
    "spec.trafficPolicy.connectionPool.http.idleTimeout: in the embedded mesh it is always 4s",
  ]);
  assert.match(problems({ outlierDetection: {} })[0] ?? "", /^spec\.trafficPolicy\.outlierDetection: /);
});
