import { type Alert, down } from "../../charts/alerts/index.ts";

export function chaosAlerts(name: string, namespace: string): readonly Alert[] {
  return [
    down({
      name: "ChaosOperatorDown",
      severity: "ticket",
      namespace,
      deployment: name,
      meaning: "No experiment begins, and none is ended.",
    }),
    {
      name: "ChaosExperimentFailed",
      severity: "ticket",
      forMinutes: 0,
      // Litmus' exporter tells a verdict for one scrape only.
      expr: `max by (chaosengine_name, fault_name) (max_over_time(litmuschaos_experiment_verdict{chaosresult_verdict="Fail"}[1h])) == 1`,
      summary: "{{ $labels.chaosengine_name }}: the service did not stand {{ $labels.fault_name }}",
      description: `Its steady state broke, and the experiment was ended. What was seen: kubectl -n ${namespace} describe chaosresult.`,
    },
    {
      name: "ChaosExperimentHangs",
      severity: "ticket",
      forMinutes: 30,
      expr: "max by (chaosengine_name, fault_name) (litmuschaos_awaited_experiments) > 0",
      summary: "{{ $labels.chaosengine_name }} has been running for half an hour",
      description: `A run takes some minutes. The fault may still be in the service: kubectl -n ${namespace} get pods, and set engineState to stop.`,
    },
  ];
}
