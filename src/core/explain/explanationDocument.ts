import type { Span } from '../text';
import { type Analysis, Analyzer } from './analysis';
import type { CodeUnit } from './codeUnits';
import { type Explained, sayExplained } from './explained';
import type { Explanation, FileExplanation } from './explanation';
import { IN_ENGLISH, type Translate } from './phrase';
import { PythonSource } from './python/pythonSource';
import { topLevelNodes } from './python/plainTree';
import { StatementCache } from './python/statementCache';
import type { Statement } from './python/syntax';

/** Says whether the present slice of time is used up. */
export type Expired = () => boolean;

/** An explanation, and the span of its unit for which it is shown. */
export interface ExplanationAt {
  readonly explanation: Explanation;
  readonly span: Span;
}

/**
 * A script, or the code cells of a notebook, kept explained while it changes. Work is done in `advance`, in slices;
 * only changed units are parsed again, and of these only what changed.
 */
export class ExplanationDocument {
  private sources: PythonSource[] = [];
  private readonly caches: StatementCache[] = [];
  private units: readonly CodeUnit[] = [];
  private work: Generator<undefined, Analysis> | null = null;
  private done: Analysis | null = null;

  constructor(units: readonly CodeUnit[]) {
    this.update(units);
  }

  /** Takes new texts; what was known is forgotten, the trees are kept. */
  update(units: readonly CodeUnit[]): void {
    this.sources = units.map(({ text }, i) => {
      const source = this.sources[i];
      if (source === undefined) return new PythonSource(text);
      source.update(text);
      return source;
    });
    this.units = units;
    this.done = null;
    this.work = this.analyse();
  }

  /** Works until done or until time is up; whether it is done. */
  advance(expired: Expired): boolean {
    while (this.work !== null) {
      const { done, value } = this.work.next();
      if (done === true) {
        this.done = value;
        this.work = null;
      } else if (expired()) return false;
    }
    return true;
  }

  /** What is explained at an offset of a unit, the innermost first; `null` if nothing, or while not done. */
  explainAt(unit: number, offset: number, translate: Translate = IN_ENGLISH): ExplanationAt | null {
    if (this.done === null) return null;
    const { layout, items } = this.done;
    const base = layout.base(unit);
    const at = base + offset;
    let best: { explained: Explained; span: Span } | null = null;
    for (const explained of items) {
      for (const span of [explained.span, ...explained.parts]) {
        const covers = span.start <= at && at <= span.end;
        const tighter = best === null || span.end - span.start < best.span.end - best.span.start;
        if (covers && tighter) best = { explained, span };
      }
    }
    if (best === null) return null;
    const span = { start: best.span.start - base, end: best.span.end - base };
    return { explanation: sayExplained(best.explained, layout, translate), span };
  }

  /** Everything; empty while not done. */
  explainAll(file: string, translate: Translate = IN_ENGLISH): FileExplanation {
    if (this.done === null) return { file, items: [], classes: [], builders: [] };
    const { items, classes, builders, layout } = this.done;
    return { file, items: items.map((item) => sayExplained(item, layout, translate)), classes, builders };
  }

  private *analyse(): Generator<undefined, Analysis> {
    const statements: Statement[] = [];
    let base = 0;
    for (const [i, source] of this.sources.entries()) {
      let steps = 0;
      // A parser step is a few tokens; the clock is asked every 64 of them.
      while (!source.advance(() => ++steps % 64 === 0)) yield;
      const cache = this.caches[i] ?? new StatementCache();
      this.caches[i] = cache;
      cache.begin();
      for (const node of source.tree === null ? [] : topLevelNodes(source.tree)) {
        statements.push(...cache.lower(node, source.text, base));
        yield;
      }
      base += source.text.length + 1;
    }
    return yield* new Analyzer(this.units, statements).run();
  }
}
