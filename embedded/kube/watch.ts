import { setTimeout as sleep } from "node:timers/promises";
import { expectOne, type KubeClient, type ListOptions, listAt } from "./client.ts";
import { ApiError } from "./http.ts";
import { isRecord, type KubernetesObject, keyOf, pathOf, type Resource } from "./objects.ts";

export interface Change<T> {
  readonly type: "added" | "modified" | "deleted";
  readonly object: T;
}

export interface WatchOptions<T> extends ListOptions {
  /** Called after the cache has taken the change, one change at a time. Must not throw. */
  readonly onChange?: (change: Change<T>) => void;
  /** Told when list or watch failed; the cache goes on with what it has and tries again. */
  readonly onError?: (error: Error) => void;
}

export interface Watched<T> {
  /** Resolves when the first list is in the cache. */
  readonly synced: Promise<void>;
  list(): readonly T[];
  get(name: string, namespace?: string): T | undefined;
  stop(): void;
}

/** The server ends a watch after this time and it is taken up again from where it was: a dead connection shows itself. */
const WATCH_SECONDS = 300;
const RETRY_MS = { first: 200, most: 5000 };

/**
 * Keeps a copy of all objects of one resource: a list, then a watch from the list's version. When the watch is lost for good
 * (an error, or a version too old) it lists again and reports what differs, so a consumer sees every object's last state.
 */
export function watchAll<T extends KubernetesObject>(client: KubeClient, resource: Resource<T>, options: WatchOptions<T> = {}): Watched<T> {
  const { onChange, onError, namespace, ...query } = options;
  const objects = new Map<string, T>();
  const synced = Promise.withResolvers<void>();
  const stopping = new AbortController();

  function take(type: Change<T>["type"], object: T): void {
    if (type === "deleted") objects.delete(keyOf(object));
    else objects.set(keyOf(object), object);
    onChange?.({ type, object });
  }

  async function relist(): Promise<string> {
    const { items, resourceVersion } = await listAt(client.request, resource, namespace, query);
    const present = new Set(items.map(keyOf));
    for (const [key, object] of objects) if (!present.has(key)) take("deleted", object);
    for (const object of items) {
      const before = objects.get(keyOf(object));
      if (before === undefined) take("added", object);
      else if (before.metadata?.resourceVersion !== object.metadata?.resourceVersion) take("modified", object);
    }
    return resourceVersion;
  }

  /** Follows one watch to its end and gives the version to go on from. */
  async function follow(from: string): Promise<string> {
    let version = from;
    const watch = { ...query, watch: true, resourceVersion: from, allowWatchBookmarks: true, timeoutSeconds: WATCH_SECONDS };
    for await (const line of client.transport.lines(pathOf(resource, namespace), watch, WATCH_SECONDS + 30, stopping.signal)) {
      const event = readEvent(line);
      version = event.version ?? version;
      if (event.type !== "bookmark") take(event.type, expectOne(resource, "watch", event.object));
    }
    return version;
  }

  async function run(): Promise<void> {
    let version: string | undefined;
    let pause = RETRY_MS.first;
    while (!stopping.signal.aborted) {
      try {
        version ??= await relist();
        synced.resolve();
        version = await follow(version);
        pause = RETRY_MS.first;
      } catch (error) {
        if (stopping.signal.aborted) return;
        onError?.(error instanceof Error ? error : new Error(String(error)));
        version = undefined;
        await sleep(pause, undefined, { ref: false });
        pause = Math.min(pause * 2, RETRY_MS.most);
      }
    }
  }

  void run();
  return {
    synced: synced.promise,
    list: () => [...objects.values()],
    get: (name, inNamespace) => objects.get(inNamespace === undefined ? name : `${inNamespace}/${name}`),
    stop: () => stopping.abort(),
  };
}

const TYPES: Readonly<Record<string, Change<never>["type"] | "bookmark">> = {
  ADDED: "added",
  MODIFIED: "modified",
  DELETED: "deleted",
  BOOKMARK: "bookmark",
};

function readEvent(line: string) {
  const event: unknown = JSON.parse(line);
  if (!isRecord(event) || !isRecord(event.object)) throw new Error(`watch: not an event: ${line.slice(0, 200)}`);
  const type = TYPES[String(event.type)];
  if (type === undefined) throw new ApiError("watch", Number(event.object.code ?? 0), event.object);
  const metadata = event.object.metadata;
  const version = isRecord(metadata) && typeof metadata.resourceVersion === "string" ? metadata.resourceVersion : undefined;
  return { type, object: event.object, version };
}
