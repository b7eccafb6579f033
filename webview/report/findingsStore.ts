import type { FindingsUpdate, ReadingState, ShownPartFindings } from '../../src/protocol/findingsView';

/** What the page was told of findings. */
export class FindingsStore {
  reading: ReadingState = { stage: 'unread', problem: null, pending: [] };
  readonly byPart = new Map<string, ShownPartFindings>();

  update({ isFirst, parts, ...reading }: FindingsUpdate): void {
    this.reading = reading;
    if (isFirst) this.byPart.clear();
    for (const findings of parts) this.byPart.set(findings.part, findings);
  }
}
