import type { FindingsUpdate } from '../../protocol/findingsView';
import type { Checks } from '../checks/checks';
import type { ReportSession } from '../reports/reportSession';
import { readingState, shownFindings } from './findingsState';

/** What one page was told of findings, so that it is told only what changed. */
export class FindingsFeed {
  private readonly told = new Map<string, string>();
  private toldState = '';

  constructor(private readonly checks: Checks) {}

  /** All that is known, for a page that knows nothing. */
  first(session: ReportSession): FindingsUpdate {
    this.told.clear();
    this.toldState = '';
    return this.update(session, true);
  }

  /** What changed since; `null` when nothing did. */
  next(session: ReportSession): FindingsUpdate | null {
    const before = this.toldState;
    const update = this.update(session, false);
    return update.parts.length === 0 && this.toldState === before ? null : update;
  }

  private update(session: ReportSession, isFirst: boolean): FindingsUpdate {
    const state = readingState(this.checks, session);
    this.toldState = JSON.stringify(state);
    const parts = shownFindings(this.checks, session).filter((findings) => {
      const json = JSON.stringify(findings);
      const isOther = this.told.get(findings.part) !== json;
      this.told.set(findings.part, json);
      return isOther;
    });
    return { ...state, isFirst, parts };
  }
}
