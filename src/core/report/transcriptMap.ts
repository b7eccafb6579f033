import { LineIndex, type Range, type Span } from '../text';
import type { SourceRun, SourceSpan } from './report';
import { sourceEnd, sourceSpan } from './sourceMap';
import type { Transcript } from './transcript';

/** Leads from places in a transcript to places in its source. */
export class TranscriptMap {
  /** Runs and marks, in the order of the text. */
  private readonly places: readonly SourceRun[];
  private readonly indices = new Map<number, LineIndex>();

  constructor(private readonly transcript: Transcript) {
    const { runs, marks } = transcript;
    this.places = marks.length === 0 ? runs : [...runs, ...marks].sort((a, b) => a.text - b.text);
  }

  /**
   * The source of a part of the transcript. Synthetic characters that stand for some of the source count as well; a part
   * without any other is at the end of what stands before it.
   */
  placeOf(span: Span): SourceSpan {
    return sourceSpan({ runs: this.places, span: { start: 0, end: 0 } }, span);
  }

  /** Runs of a text that is made of pieces of the transcript, as runs of the source. `pieces` lead into the transcript. */
  runsOf(pieces: readonly SourceRun[]): SourceRun[] {
    const { runs } = this.transcript;
    const found: SourceRun[] = [];
    let next = 0;
    for (const piece of pieces) {
      const end = piece.source + piece.length;
      next = this.firstBehind(piece.source, next);
      for (let at = next; at < runs.length; at++) {
        const run = runs[at];
        if (!run || run.text >= end) break;
        add(found, cut(run, piece));
      }
    }
    return found;
  }

  rangeOf({ start, end, file = 0 }: SourceSpan): Range {
    const index = this.indices.get(file) ?? new LineIndex(this.transcript.files[file]?.text ?? '');
    this.indices.set(file, index);
    return index.rangeOf({ start, end });
  }

  textOf({ start, end, file = 0 }: SourceSpan): string {
    return this.transcript.files[file]?.text.slice(start, end) ?? '';
  }

  /** Index of the first run, from `from` on, that ends behind an offset of the transcript. */
  private firstBehind(offset: number, from: number): number {
    const { runs } = this.transcript;
    let low = from;
    let high = runs.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      const run = runs[middle];
      if (run && run.text + run.length <= offset) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}

/** What of a run is in a piece of the transcript. */
function cut(run: SourceRun, piece: SourceRun): SourceRun {
  const skipped = Math.max(0, piece.source - run.text);
  const length = Math.min(run.text + run.length, piece.source + piece.length) - run.text - skipped;
  const text = piece.text + run.text + skipped - piece.source;
  if (run.sourceLength !== undefined) return { ...run, text, length };
  return { ...run, text, source: run.source + skipped, length };
}

function add(runs: SourceRun[], run: SourceRun): void {
  const last = runs.at(-1);
  const isOne =
    last !== undefined &&
    last.sourceLength === undefined &&
    run.sourceLength === undefined &&
    last.file === run.file &&
    last.text + last.length === run.text &&
    sourceEnd(last) === run.source;
  if (isOne) runs[runs.length - 1] = { ...last, length: last.length + run.length };
  else runs.push(run);
}
