import { LineIndex, type Range, type Span } from '../text';

/** A script, or one code cell of a notebook. */
export interface CodeUnit {
  /** Index among all cells of the notebook; `null` in a script. */
  readonly cell: number | null;
  readonly text: string;
}

/** Code units laid end to end, so that one offset says both where and in which. */
export class UnitLayout {
  readonly source: string;
  private readonly bases: readonly number[];
  private readonly lines = new Map<number, LineIndex>();

  constructor(readonly units: readonly CodeUnit[]) {
    const bases: number[] = [];
    let at = 0;
    for (const { text } of units) {
      bases.push(at);
      at += text.length + 1;
    }
    this.bases = bases;
    this.source = units.map(({ text }) => text).join('\n');
  }

  base(unit: number): number {
    return this.bases[unit] ?? 0;
  }

  /** Index of the unit in which an offset lies. */
  unitAt(offset: number): number {
    let low = 0;
    let high = this.bases.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if ((this.bases[middle] ?? Infinity) <= offset) low = middle;
      else high = middle - 1;
    }
    return low;
  }

  /** Where a span lies: its cell, and the range there. */
  locate(span: Span): { cell: number | null; range: Range } {
    const index = this.unitAt(span.start);
    const unit = this.units[index];
    const base = this.base(index);
    const lines = this.lines.get(index) ?? new LineIndex(unit?.text ?? '');
    this.lines.set(index, lines);
    return { cell: unit?.cell ?? null, range: lines.rangeOf({ start: span.start - base, end: span.end - base }) };
  }
}
