/**
 * Makes a task that never runs twice at a time: calls that come while it runs are answered by one more run after it.
 * @returns a function that starts the task, and resolves when a run that began after the call has ended.
 */
export function coalesce(task: () => Promise<void>): () => Promise<void> {
  let current: Promise<void> | undefined;
  let next: Promise<void> | undefined;

  return function trigger(): Promise<void> {
    if (current === undefined) {
      current = task().finally(() => {
        current = undefined;
      });
      return current;
    }
    next ??= current
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return trigger();
      });
    return next;
  };
}
