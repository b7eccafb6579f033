import { group } from 'd3-array';
import type { Span } from '../../src/core/text';
import type { Mark } from '../shared/mark';
import type { AnswerView } from './answerView';
import type { FindingItem } from './findingList';
import type { Highlights, Places } from './highlights';
import { underlines } from './underlines';

/** Milliseconds for which words that were asked for stand out. */
const FLASH = 1500;

/** The words of an answer that carry findings: underlined, and marked strongly for the one that is pointed at. */
export class FindingMarks {
  private items: readonly FindingItem[] = [];
  private underlined = new Set<Mark>();
  private pointed: string | null = null;
  private flashing: number | undefined;

  constructor(
    private readonly highlights: Highlights,
    private readonly answer: AnswerView,
    /** Tells the marks of one answer from those of others. */
    private readonly key: string,
  ) {}

  /** Marks all words anew, after more of the text was rendered. */
  remark(): void {
    this.show(this.items);
  }

  show(items: readonly FindingItem[]): void {
    this.items = items;
    const spans = group(underlines(items), ({ mark }) => mark);
    for (const mark of this.underlined) if (!spans.has(mark)) this.highlights.mark(mark, this.key, null);
    this.underlined = new Set(spans.keys());
    for (const [mark, marked] of spans) this.highlights.mark(mark, this.key, this.placesOf(marked));
    this.point(this.pointed);
  }

  /** Marks the words of a finding strongly; `null` of none. */
  point(id: string | null): void {
    this.pointed = id;
    const spans = this.items.find((item) => item.id === id)?.spans ?? [];
    this.highlights.mark('finding', this.key, spans.length > 0 ? this.placesOf(spans) : null);
  }

  flash(span: Span): void {
    window.clearTimeout(this.flashing);
    this.highlights.mark('flash', this.key, this.placesOf([span]));
    this.flashing = window.setTimeout(() => this.highlights.mark('flash', this.key, null), FLASH);
  }

  dispose(): void {
    window.clearTimeout(this.flashing);
    this.highlights.mark('flash', this.key, null);
    this.pointed = null;
    this.show([]);
  }

  private placesOf(spans: readonly Span[]): Places {
    const places = spans.map((span) => this.answer.wordsOf(span));
    return {
      ranges: places.flatMap(({ ranges }) => ranges),
      elements: places.flatMap(({ elements }) => elements),
    };
  }
}
