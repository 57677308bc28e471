import http from "k6/http";
import { readSettings } from "./settings.ts";

const { url, host } = readSettings(__ENV);
// One name for all requests, whatever the address: a metric with every address in it has no end.
const params = { tags: { name: "target" }, headers: host === undefined ? {} : { Host: host } };

/** One request, which is what a run is made of. */
export function request(): void {
  http.get(url, params);
}
