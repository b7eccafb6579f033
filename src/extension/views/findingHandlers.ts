import type { ReportHostMethods } from '../../protocol/reportView';
import type { Handlers } from '../../protocol/rpc';
import type { Checks } from '../checks/checks';
import type { ReportSession } from '../reports/reportSession';

export type FindingMethods = 'check' | 'dismissFinding' | 'restoreFinding';

/** What the webview of a report may ask for about findings. */
export function findingHandlers(
  session: () => ReportSession,
  checks: Checks,
): Pick<Handlers<ReportHostMethods>, FindingMethods> {
  return {
    check: async (_nothing, { cancellation, progress }) => {
      const step = (done: number, total: number, experiment: string | null): void =>
        progress({ done, total, ...(experiment !== null && { stage: experiment }) });
      await checks.check(session(), { step }, cancellation);
    },
    dismissFinding: (dismissal) => checks.dismissals.dismiss(session().uri, dismissal),
    restoreFinding: ({ claim }) => checks.dismissals.restore(session().uri, claim),
  };
}
