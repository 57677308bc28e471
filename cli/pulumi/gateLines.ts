// Of what `pulumi up` prints, what somebody who watches a rollout wants to see: the gate's lines as they come.
// (Pulumi shows them twice: live behind the stack's name, and once more under Diagnostics.)

/** The gate's text in a line of Pulumi's progress, or undefined for any other line. */
export function gateLine(line: string): string | undefined {
  const [, text] = /^ .{3}pulumi:pulumi:Stack \S+ (?:running|creating(?: \(\d+s\))?) (.*)$/.exec(line) ?? [];
  return text === undefined || text.trim() === "" || /^(error|warning): /.test(text) ? undefined : text;
}
