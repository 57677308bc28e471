// The demo's last screen. Pure.
import { decidedBy } from "@sluice/gate";
import { table } from "../table.ts";
import type { Outcome } from "./outcome.ts";

const HEAD = ["version", "what it is", "verdict", "by", "seconds", "failed", "slow", "served", "failed on stable"];

/** One line a release; "seconds": from the canary's first request to the verdict. */
export function resultTable(outcomes: readonly Outcome[]): string {
  return table(
    HEAD,
    outcomes.map((outcome) => [
      outcome.release.tag,
      outcome.release.what,
      outcome.record.verdict,
      decidedBy(outcome.record.decision) ?? "",
      outcome.seconds?.toFixed(1) ?? "-",
      outcome.failed,
      outcome.slow,
      outcome.served,
      outcome.failedOnStable ?? "-",
    ]),
  );
}

/** What to try on the platform that was left running. */
export function whatNext({ gatewayUrl }: { readonly gatewayUrl: string }): string {
  return `The platform is still running. To try:
  curl http://echo.localhost:${new URL(gatewayUrl).port}/
  npx sluice load                                           # traffic, in another terminal
  npx sluice image build apps/echo --tag 1.4.0 --env ERROR_RATE=0.01
  npm run pulumi -- config set --path sluice:services.echo.tag 1.4.0
  npm run pulumi -- up
  npx sluice local status
  npx sluice logs echo
  npx sluice local reset                                    # when you are done`;
}
