import type { Span } from '../../src/core/text';
import { element } from '../shared/element';
import { renderPieces } from '../shared/markdownView';
import { TextMap } from '../shared/textMap';
import type { ReportContext } from './reportHost';

/** Text of an answer up to here is on average one line; only used to guess heights before rendering. */
const CHARACTERS_PER_LINE = 68;
const LINE_HEIGHT = 23;
/** Milliseconds between the pieces of a long text, for scrolling and typing. */
const PAUSE = 30;

/** The text of one answer, which knows the offset of every character that it shows. */
export class AnswerView {
  readonly element = element('div', { class: 'answer markdown' });
  private map = new TextMap();
  private text = '';
  private isRendered = false;

  constructor(private readonly context: ReportContext) {}

  /** Reserves about the height that the text will take, so that the scroll bar is right before it is rendered. */
  reserve(text: string): void {
    this.text = text;
    this.isRendered = false;
    this.element.replaceChildren();
    const breaks = text.split('\n').length;
    this.element.style.minHeight = `${Math.round((text.length / CHARACTERS_PER_LINE + breaks * 0.7) * LINE_HEIGHT)}px`;
  }

  /** Long texts go on while the person reads; `grown` is called after every piece but the first. */
  render(grown: () => void): void {
    if (this.isRendered) return;
    this.isRendered = true;
    this.map = new TextMap();
    const { map } = this;
    const pieces = renderPieces(this.text, this.context, map);
    this.element.replaceChildren(...(pieces.next().value ?? []));
    const goOn = (): void => {
      if (this.map !== map) return;
      const { value, done } = pieces.next();
      if (done) {
        this.element.style.minHeight = '';
        return;
      }
      const piece = element('div', { class: 'piece' });
      piece.append(...value);
      this.element.append(piece);
      grown();
      window.setTimeout(goOn, PAUSE);
    };
    goOn();
  }

  /** The span that a selection covers in this answer, or `null` if it covers nothing here. */
  spanOf(range: AbstractRange): Span | null {
    return this.map.spanOf(range, this.text);
  }

  offsetAt(node: Node, offset: number): number | null {
    return this.map.offsetAt(node, offset);
  }

  /** What is to be marked for a span; the whole text counts as one element, which is calmer than all of its words. */
  placesOf(span: Span): ReturnType<TextMap['placesOf']> {
    const whole = this.wholeSpan();
    if (span.start <= whole.start && span.end >= whole.end) return { ranges: [], elements: [this.element] };
    return this.map.placesOf(span);
  }

  /** What shows a span, word by word. */
  wordsOf(span: Span): ReturnType<TextMap['placesOf']> {
    return this.map.placesOf(span);
  }

  quote(span: Span): string {
    return this.text.slice(span.start, span.end);
  }

  /** The whole text without white space around it. */
  wholeSpan(): Span {
    const start = this.text.length - this.text.trimStart().length;
    return { start, end: this.text.trimEnd().length };
  }

  /** In pixels of the view, or `null` if the span shows nothing. */
  rectOf(span: Span): DOMRect | null {
    const { ranges, elements } = this.map.placesOf(span);
    const rects = elements.map((place) => place.getBoundingClientRect());
    const [first] = ranges;
    if (first) {
      const range = new Range();
      range.setStart(first.startContainer, first.startOffset);
      range.setEnd(first.endContainer, first.endOffset);
      const rect = [...range.getClientRects()].find(({ width }) => width > 0);
      if (rect) rects.push(rect);
    }
    return rects.sort((a, b) => a.top - b.top)[0] ?? null;
  }
}
