import assert from 'node:assert/strict';
import { anchorAt } from '../../../src/core/annotation/anchor';
import { findPlace } from '../../../src/core/annotation/placement';
import { trackSpan, type TextChange } from '../../../src/core/annotation/tracking';
import type { Span } from '../../../src/core/text';
import { pick, prose, random, sentence } from './prose';

/** A text that is edited, and where the words that were chosen in it have gone. */
class Edited {
  readonly anchor;
  span: Span | null;

  constructor(
    public text: string,
    span: Span,
  ) {
    this.anchor = anchorAt(text, span);
    this.span = { start: this.anchor.start, end: this.anchor.end };
  }

  apply(change: TextChange): this {
    this.text = this.text.slice(0, change.start) + change.text + this.text.slice(change.end);
    this.span = this.span && trackSpan(this.span, change);
    return this;
  }

  /** Inserts and deletes at six random places, but not in the chosen words. */
  disturb(next: () => number): this {
    for (let i = 0; i < 6; i++) {
      const start = Math.floor(next() * this.text.length);
      const end = Math.min(this.text.length, start + (next() < 0.5 ? Math.floor(next() * 40) : 0));
      if (this.span && start < this.span.end && end > this.span.start) continue;
      this.apply({ start, end, text: next() < 0.7 ? `${sentence(next)} ` : '' });
    }
    return this;
  }
}

const TEXTS = [prose(8000, 1), prose(20_000, 2), prose(60_000, 3)];

/** Some words of a text, of this many. */
function choose(words: number, next: () => number): Edited {
  const text = pick(TEXTS, next);
  const all = [...text.matchAll(/\S+/g)];
  const first = Math.floor(next() * (all.length - words));
  const last = all[first + words - 1]!;
  return new Edited(text, { start: all[first]!.index, end: last.index + last[0].length });
}

type Result = 'right' | 'orphan' | 'wrong';

/** Right is a place that shares characters with the true one, or none where the words are gone. */
function outcome({ text, anchor, span }: Edited): Result {
  const found = findPlace(text, anchor);
  if (!found) return span ? 'orphan' : 'right';
  return span && found.span.start < span.end && found.span.end > span.start ? 'right' : 'wrong';
}

function measure(words: number, runs: number, edit: (edited: Edited, next: () => number) => Edited) {
  const next = random(words);
  const counts: Record<Result, number> = { right: 0, orphan: 0, wrong: 0 };
  for (let i = 0; i < runs; i++) counts[outcome(edit(choose(words, next), next))]++;
  return { right: counts.right / runs, orphan: counts.orphan / runs, wrong: counts.wrong / runs };
}

const RUNS = 150;

describe('placement', () => {
  for (const words of [1, 3, 12, 80]) {
    describe(`of ${words} words`, () => {
      it('finds them where the text around them moved', () => {
        const { right, wrong } = measure(words, RUNS, (edited, next) => edited.disturb(next));
        assert.equal(wrong, 0);
        assert.ok(right >= 0.99, `${right} found`);
      });

      it('finds them where what stands on one side of them was rewritten', () => {
        const { right, wrong } = measure(words, RUNS, (edited, next) => {
          const { start } = edited.disturb(next).span!;
          return edited.apply({ start: Math.max(0, start - 20), end: start, text: `${sentence(next)} ` });
        });
        assert.ok(wrong <= 0.01, `${wrong} wrong`);
        assert.ok(right >= 0.97, `${right} found`);
      });

      it('finds them where they were moved with their surroundings', () => {
        const { right, wrong } = measure(words, RUNS, (edited, next) => {
          const { start, end } = edited.disturb(next).span!;
          const [from, to] = [Math.max(0, start - 100), Math.min(edited.text.length, end + 100)];
          const piece = edited.text.slice(from, to);
          const rest = edited.text.slice(0, from) + edited.text.slice(to);
          const at = Math.floor(next() * rest.length);
          edited.text = rest.slice(0, at) + piece + rest.slice(at);
          edited.span = { start: at + start - from, end: at + end - from };
          return edited;
        });
        assert.ok(wrong <= 0.01, `${wrong} wrong`);
        assert.ok(right >= 0.98, `${right} found`);
      });

      it('does not find them, or something else, once they are deleted', () => {
        const { wrong } = measure(words, RUNS, (edited, next) =>
          edited.disturb(next).apply({ ...edited.span!, text: '' }),
        );
        // A single common word stands in many places, now and then in surroundings that are alike.
        assert.ok(wrong <= (words === 1 ? 0.06 : 0.02), `${wrong} wrong`);
      });

      it('does not take what replaced them for them', () => {
        const { wrong } = measure(words, RUNS, (edited, next) =>
          edited.disturb(next).apply({ ...edited.span!, text: sentence(next) }),
        );
        assert.ok(wrong <= (words === 1 ? 0.06 : 0.02), `${wrong} wrong`);
      });
    });
  }

  it('finds words with a small correction', () => {
    for (const words of [4, 12, 80, 200]) {
      const { right, wrong } = measure(words, RUNS, (edited, next) => {
        const { start, end } = edited.disturb(next).span!;
        const at = start + 1 + Math.floor(next() * (end - start - 2));
        return edited.apply({ start: at, end: at + 1, text: pick(['x', 'ing', ''], next) });
      });
      assert.ok(wrong <= 0.01, `${wrong} of ${words} words wrong`);
      assert.ok(right >= 0.9, `${right} of ${words} words found`);
    }
  });

  it('gives the corrected words, not more and not less', () => {
    const edited = new Edited('It learns the structrue of the data well.', { start: 10, end: 27 });
    edited.apply({ start: 0, end: 0, text: 'Indeed. ' }).apply({ start: 28, end: 30, text: 'ur' });
    assert.equal(edited.text, 'Indeed. It learns the structure of the data well.');
    const found = findPlace(edited.text, edited.anchor);
    assert.equal(edited.text.slice(found!.span.start, found!.span.end), 'the structure of');
    assert.ok(found!.score >= 0.8 && found!.score < 1);
  });

  it('finds long words that were moved away from all that stood around them', () => {
    const words =
      'the reconstruction term alone does not make the latent space continuous, so that samples from it are noise';
    const anchor = anchorAt(`Before this. ${words}. After that.`, { start: 13, end: 13 + words.length });
    const found = findPlace(`Elsewhere we wrote: ${words}, which is true.`, anchor);
    assert.deepEqual(found?.span, { start: 20, end: 20 + words.length });
  });

  it('tells equal rows apart by what stands around them, and by their distance', () => {
    const row = '| softmax | 0.9 |\n';
    const table = `| one | 1 |\n${row}| two | 2 |\n${row}| three | 3 |\n`;
    const second = table.lastIndexOf('softmax');
    const anchor = anchorAt(table, { start: second, end: second + 7 });
    assert.equal(findPlace(`# Title\n${table}`, anchor)?.span.start, second + 8);
    const alike = row.repeat(9);
    const fifth = anchorAt(alike, { start: 4 * row.length + 2, end: 4 * row.length + 9 });
    assert.equal(findPlace(`x\n${alike}`, fifth)?.span.start, 4 * row.length + 4);
  });

  it('scores an unchanged place 1', () => {
    const edited = choose(3, random(5));
    assert.deepEqual(findPlace(edited.text, edited.anchor), { span: edited.span, score: 1 });
  });

  it('finds nothing in an empty text', () => {
    assert.equal(findPlace('', anchorAt('some words here', { start: 5, end: 10 })), null);
  });

  it('survives offsets that no text has', () => {
    const anchor = { exact: 'words', prefix: 'some ', suffix: ' here', start: 9e9, end: 3 };
    assert.deepEqual(findPlace('some words here', anchor)?.span, { start: 5, end: 10 });
  });
});
