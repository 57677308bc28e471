// A release server on loopback whose answers the test chooses, file by file.
import type http from "node:http";
import type { TestContext } from "node:test";
import { serve } from "../../../support/server.ts";

export type Answer = (response: http.ServerResponse) => void;

export interface ReleaseServer {
  readonly url: string;
  /** The paths asked for, in order. */
  readonly asked: readonly string[];
}

/** Serves the given answers by path; anything else is a 404. */
export async function releaseServer(t: TestContext, answers: Readonly<Record<string, Answer>>): Promise<ReleaseServer> {
  const asked: string[] = [];
  const { url } = await serve(t, (request, response) => {
    asked.push(request.url ?? "");
    const answer = answers[request.url ?? ""] ?? withStatus(404);
    answer(response);
  });
  return { url, asked };
}

export function withContent(content: string | Uint8Array): Answer {
  return (response) => response.end(content);
}

export function withStatus(status: number): Answer {
  return (response) => response.writeHead(status).end();
}

export function redirectTo(location: string): Answer {
  return (response) => response.writeHead(302, { location }).end();
}

/** Promises all of the content, sends half of it and hangs up. */
export function cutOff(content: Uint8Array): Answer {
  return (response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, content.length / 2), () => response.destroy());
  };
}

/** Takes the request and never says a word. */
export const silent: Answer = () => {};

/** Sends a little and then falls silent with the connection open. */
export function stalled(content: Uint8Array): Answer {
  return (response) => {
    response.writeHead(200, { "content-length": content.length });
    response.write(content.subarray(0, 10));
  };
}
