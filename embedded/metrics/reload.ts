const answerMs = 10_000;

/** Has Prometheus read its files again; gives its reason when it does not, or why it cannot be asked. */
export async function reloadPrometheus(port: number): Promise<string | undefined> {
  try {
    const answer = await fetch(`http://127.0.0.1:${port}/-/reload`, { method: "POST", signal: AbortSignal.timeout(answerMs) });
    return answer.ok ? undefined : (await answer.text()).trim();
  } catch (error) {
    return `Prometheus does not answer: ${error instanceof Error && error.cause instanceof Error ? error.cause.message : String(error)}`;
  }
}
