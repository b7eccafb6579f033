import type { ReportContext } from './reportHost';
import type { PartView } from './partView';

/** How far below the top of the view a part counts as the one being read. */
const READING_LINE = 96;
/** Room above a part that was scrolled to. */
const SCROLL_ROOM = 12;
const SETTLE = 200;
/** Milliseconds in which formulas, and parts above that are only now rendered, may still change the heights. */
const HEIGHTS_SETTLE = 2000;
/** What a person does to go elsewhere. */
const ON_THE_WAY = ['wheel', 'touchstart', 'pointerdown', 'keydown'] as const;

/** Knows which part is being read, goes from part to part, and finds the place again after a reload. */
export class Reading {
  private current: PartView | undefined;
  private told: string | undefined;
  private timer: number | undefined;
  /** Where a move scrolled to, until someone scrolls on: up to there the part of the move is the current one. */
  private placed: number | undefined;
  /** Lets go of the part that is kept in its place. */
  private letGo: (() => void) | undefined;

  constructor(
    private readonly context: ReportContext,
    private readonly scroller: HTMLElement,
    private readonly parts: () => readonly PartView[],
    private readonly onCurrent: (part: string | null) => void,
  ) {
    let waiting = false;
    scroller.addEventListener(
      'scroll',
      () => {
        if (waiting) return;
        waiting = true;
        requestAnimationFrame(() => {
          waiting = false;
          this.settle();
        });
      },
      { passive: true },
    );
  }

  get part(): PartView | undefined {
    const focused = document.activeElement?.closest<HTMLElement>('[data-part].part')?.dataset['part'];
    return this.parts().find(({ id }) => id === focused) ?? this.current;
  }

  /** To the next or previous part, with the focus. */
  move(by: 1 | -1): void {
    const parts = this.parts();
    const at = this.current ? parts.indexOf(this.current) : -1;
    const next = parts[Math.min(Math.max(at + by, 0), parts.length - 1)];
    if (next) this.show(next);
  }

  /** Scrolls a part to the top and focuses its heading. */
  show(part: PartView, focus = true): void {
    part.render();
    const room = this.roomAbove(part);
    this.scrollTo(part, -room);
    if (focus) part.focus();
    this.become(part);
    this.hold(part, -room);
  }

  /** Goes back to where reading stopped. */
  restore(): void {
    const { part: id, offset } = this.context.memory.get();
    const part = this.parts().find((candidate) => candidate.id === id);
    if (!part) return this.settle();
    part.render();
    this.scrollTo(part, offset);
    this.become(part);
    this.hold(part, offset);
  }

  /** The part at the reading line, after a scroll or a change of heights. */
  settle(): void {
    if (this.letGo) return;
    if (this.current && this.placed !== undefined && Math.abs(this.scroller.scrollTop - this.placed) <= 2) {
      return this.become(this.current);
    }
    this.placed = undefined;
    const parts = this.parts();
    const line = this.scroller.getBoundingClientRect().top + READING_LINE;
    let [low, high] = [0, parts.length - 1];
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((parts[middle]?.element.getBoundingClientRect().top ?? Infinity) <= line) low = middle;
      else high = middle - 1;
    }
    const found = parts[low];
    if (found) this.become(found);
  }

  private become(part: PartView): void {
    const top = part.element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    this.context.memory.set({ part: part.id, offset: Math.round(-top) });
    this.current = part;
    this.onCurrent(part.id);
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => {
      if (this.told === part.id) return;
      this.told = part.id;
      this.context.report(this.context.rpc.call('partShown', { part: part.id }));
    }, SETTLE);
  }

  /** The first part of a question is shown with the question's heading. */
  private roomAbove(part: PartView): number {
    const head = part.element.previousElementSibling;
    if (!head?.matches('.question-head')) return SCROLL_ROOM;
    return SCROLL_ROOM + part.element.getBoundingClientRect().top - head.getBoundingClientRect().top;
  }

  private scrollTo(part: PartView, offset: number): void {
    const top = part.element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    this.scroller.scrollTop += top + offset;
    this.placed = this.scroller.scrollTop;
  }

  /** Keeps a part in its place until all heights are final, or until the reader goes on. */
  private hold(part: PartView, offset: number): void {
    this.letGo?.();
    const correct = (): void => this.correct(part, offset);
    const observer = new ResizeObserver(correct);
    for (const { element } of this.parts()) observer.observe(element);
    const letGo = (): void => {
      observer.disconnect();
      window.clearTimeout(timer);
      for (const type of ON_THE_WAY) window.removeEventListener(type, letGo, true);
      if (this.letGo !== letGo) return;
      this.letGo = undefined;
      // Someone may have scrolled meanwhile by none of these, such as a screen reader.
      this.settle();
    };
    const timer = window.setTimeout(letGo, HEIGHTS_SETTLE);
    for (const type of ON_THE_WAY) window.addEventListener(type, letGo, { capture: true, passive: true });
    this.letGo = letGo;
  }

  private correct(part: PartView, offset: number): void {
    const top = part.element.getBoundingClientRect().top - this.scroller.getBoundingClientRect().top;
    const isLast = this.scroller.scrollTop + this.scroller.clientHeight >= this.scroller.scrollHeight - 2;
    if (Math.abs(top + offset) > 2 && !isLast) this.scrollTo(part, offset);
  }
}
