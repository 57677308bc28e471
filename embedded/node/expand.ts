/**
 * Fills in $(NAME) from `values`, as Kubernetes does in env values, command and args: "$$" stands for one dollar sign, and a name that is
 * not known is left as it is written.
 */
export function expand(text: string, values: Readonly<Record<string, string>>): string {
  return text.replace(/\$\$|\$\(([^()]*)\)/g, (whole, name: string | undefined) => (name === undefined ? "$" : (values[name] ?? whole)));
}
