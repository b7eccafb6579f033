import type { ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Span } from '../../text';
import { VERDICTS, type Verdict } from '../finding';
import { plainStatement } from '../plainStatement';
import type { Marker } from './htmlMarkdown';
import { VERDICT_SIGNS, verdictWord } from './verdictWords';

/** Words of an answer that carry a finding. */
export interface Mark extends Span {
  readonly verdict: Verdict;
  /** Id of the element that tells of the finding. */
  readonly target: string;
  readonly statement: string;
}

/**
 * Marks words in the style of their verdict. Before its first words each mark has a sign that leads to its finding; where
 * marks overlap, the gravest gives the style.
 */
export class Marks implements Marker {
  private readonly begun = new Set<Mark>();

  constructor(private readonly marks: readonly Mark[]) {}

  text(value: string, offsets: Uint32Array): ElementContent[] {
    const [start, end] = [offsets[0] ?? 0, offsets.at(-1) ?? 0];
    const touching = this.marks.filter((mark) => mark.start < end && mark.end > start);
    const places = touching.map((mark) => ({
      mark,
      start: firstFrom(offsets, mark.start),
      end: firstFrom(offsets, mark.end),
    }));
    const cuts = new Set([0, value.length, ...places.flatMap((place) => [place.start, place.end])]);
    const ordered = [...cuts].filter((cut) => cut <= value.length).sort((a, b) => a - b);
    return ordered.slice(0, -1).flatMap((from, index) => {
      const to = ordered[index + 1] ?? value.length;
      const covering = places.filter((place) => place.start <= from && place.end >= to).map(({ mark }) => mark);
      return this.marked({ type: 'text', value: value.slice(from, to) }, covering);
    });
  }

  whole(shown: ElementContent, span: Span): ElementContent[] {
    return this.marked(
      shown,
      this.marks.filter(({ start, end }) => start < span.end && end > span.start),
    );
  }

  private marked(shown: ElementContent, marks: readonly Mark[]): ElementContent[] {
    const gravest = VERDICTS.find((verdict) => marks.some((mark) => mark.verdict === verdict));
    if (gravest === undefined) return [shown];
    const fresh = marks.filter((mark) => !this.begun.has(mark));
    for (const mark of fresh) this.begun.add(mark);
    return [h('mark', { className: [`v-${gravest}`] }, ...fresh.map(sign), shown)];
  }
}

function sign({ verdict, target, statement }: Mark): ElementContent {
  const title = `${verdictWord(verdict)}: ${plainStatement(statement)}`;
  const properties = { className: ['sign', `v-${verdict}`], href: `#${target}`, title, ariaLabel: title };
  return h('a', properties, VERDICT_SIGNS[verdict]);
}

/** Index of the first character that begins at or after an offset. */
function firstFrom(offsets: Uint32Array, offset: number): number {
  const found = offsets.findIndex((at) => at >= offset);
  return found < 0 ? offsets.length - 1 : found;
}
