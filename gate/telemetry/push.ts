// The way to Prometheus' OTLP receiver: the same Prometheus that the gate reads, by URL or through the API server's service proxy.
import type { GateInputs } from "../conductor/inputs.ts";
import type { Kube } from "../conductor/kube.ts";

/** Sends one export. Rejects when it was not taken, with a reason that names the remedy where there is one. */
export type Push = (request: unknown, signal: AbortSignal) => Promise<void>;

const PATH = "/api/v1/otlp/v1/metrics";

/** @param kube reaches the API server; used when Prometheus is named as a service in the cluster */
export function pushTo(address: GateInputs["prometheus"], kube: Kube): Push {
  if ("url" in address) {
    const url = address.url.replace(/\/+$/, "") + PATH;
    return async (request, signal) => {
      const answer = await fetch(url, {
        method: "POST",
        // Nothing behind it: Prometheus compares the whole header.
        headers: { "content-type": "application/json" },
        body: JSON.stringify(request),
        signal,
      }).catch(() => {
        throw new Error("Prometheus does not answer");
      });
      await answer.body?.cancel();
      expectTaken(answer.status);
    };
  }
  const [namespace, port] = address.service.split("/");
  const path = `/api/v1/namespaces/${namespace}/services/${port}/proxy${PATH}`;
  return async (request) => expectTaken((await kube({ method: "POST", path, body: request })).status);
}

function expectTaken(status: number): void {
  if (status < 300) return;
  throw new Error(REMEDIES[status] ?? `Prometheus answers ${status}`);
}

const REMEDIES: Readonly<Record<number, string>> = {
  403: "the gate's kubeconfig has no right to `create` on services/proxy",
  404: "Prometheus' OTLP receiver is off (--web.enable-otlp-receiver, in kube-prometheus-stack prometheus.prometheusSpec.enableOTLPReceiver)",
};
