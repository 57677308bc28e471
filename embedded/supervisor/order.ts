interface Needing {
  readonly name: string;
  readonly needs: readonly string[];
}

/** Does something with every part, with each as soon as it is done with all parts that need it. */
export async function usersFirst<Part extends Needing>(parts: readonly Part[], act: (part: Part) => Promise<void>): Promise<void> {
  const done = new Map<string, Promise<void>>();
  const after = (part: Part): Promise<void> => {
    const begun = done.get(part.name);
    if (begun !== undefined) return begun;
    const users = parts.filter(({ needs }) => needs.includes(part.name));
    const promise = Promise.all(users.map(after)).then(() => act(part));
    done.set(part.name, promise);
    return promise;
  };
  await Promise.all(parts.map(after));
}
