/** How most charts here are told to leave a part of theirs out. */
export const OFF = { enabled: false } as const;
