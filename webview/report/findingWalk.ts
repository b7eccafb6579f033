import { t } from '../shared/host';
import type { Mark } from '../shared/mark';
import type { PartView } from './partView';
import type { Reading } from './reading';
import type { ReportContext } from './reportHost';

interface Stop {
  readonly part: PartView;
  readonly id: string;
  readonly mark: Mark;
}

/** Goes from finding to finding through all answers, and round. */
export class FindingWalk {
  constructor(
    private readonly context: ReportContext,
    private readonly reading: Reading,
    private readonly parts: () => readonly PartView[],
  ) {}

  /** From the finding that has the focus, or from the part that is being read, to the next of any kind or of one. */
  move(by: 1 | -1, wanted?: Mark): void {
    const parts = this.parts();
    const stops = parts.flatMap((part): Stop[] => part.findings.stops.map((stop) => ({ part, ...stop })));
    const { part: current } = this.reading;
    const focused = stops.findIndex(({ part, id }) => part.findings.focused === id);
    const near = stops.findIndex(({ part }) => parts.indexOf(part) >= (current ? parts.indexOf(current) : 0));
    // Before the first finding of the part that is being read, or after the last of all.
    const start = focused >= 0 ? focused : (near >= 0 ? near : stops.length) - (by > 0 ? 1 : 0);
    for (let step = 1; step <= stops.length; step++) {
      const stop = stops[(start + by * step + stops.length * 2) % stops.length];
      if (stop && (wanted === undefined || stop.mark === wanted)) return this.go(stop);
    }
    this.context.announcer.say(t('There are no findings.'));
  }

  private go({ part, id }: Stop): void {
    part.render();
    if (this.reading.part !== part) this.reading.show(part, false);
    const card = part.findings.card(id);
    card?.focus();
    card?.element.scrollIntoView({ block: 'nearest' });
  }
}
