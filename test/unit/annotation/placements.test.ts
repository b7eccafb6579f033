import assert from 'node:assert/strict';
import { setImmediate } from 'node:timers/promises';
import { anchorAt } from '../../../src/core/annotation/anchor';
import type { Annotation } from '../../../src/core/annotation/annotation';
import { listAnnotations } from '../../../src/core/annotation/listing';
import { Placements } from '../../../src/core/annotation/placements';
import { formatSidecar } from '../../../src/core/annotation/sidecar';
import { inSlices } from '../../../src/core/annotation/slices';
import { Problem } from '../../../src/core/problem';
import { prose } from './prose';
import { someNote } from './someNotes';

const TEXT = 'Adam adapts the step of every weight. Momentum does not. Both remember old gradients.';

/** A note on words of a text, at their first occurrence. */
function on(text: string, words: string, id = words): Annotation {
  const start = text.indexOf(words);
  return someNote({ id, anchor: anchorAt(text, { start, end: start + words.length }) });
}

const fresh = (): Placements => new Placements(performance, () => setImmediate());

describe('placements', () => {
  it('follow the words through edits', async () => {
    const placements = fresh();
    const notes = [on(TEXT, 'every weight'), on(TEXT, 'Momentum')];
    await placements.update(TEXT, notes);
    placements.edited([{ start: 0, end: 4, text: 'RMSprop' }]);
    const spans = placements.placed(notes).map(({ span }) => span);
    const now = `RMSprop${TEXT.slice(4)}`;
    assert.deepEqual(
      spans.map((span) => now.slice(span!.start, span!.end)),
      ['every weight', 'Momentum'],
    );
  });

  it('lose deleted words, and find them when an undo brings them back', async () => {
    const placements = fresh();
    const notes = [on(TEXT, 'every weight')];
    await placements.update(TEXT, notes);
    const start = TEXT.indexOf('every');
    placements.edited([{ start, end: start + 12, text: '' }]);
    assert.deepEqual(placements.placed(notes), [{ annotation: notes[0], span: null, score: 0 }]);
    placements.edited([{ start, end: start, text: 'every weight' }]);
    await placements.update(TEXT, notes, 'lost');
    assert.deepEqual(placements.placed(notes), [{ annotation: notes[0], span: { start, end: start + 12 }, score: 1 }]);
  });

  it('follow edits that come while they are being found', async () => {
    const text = prose(200_000, 4);
    const notes = [...text.matchAll(/\S+ \S+ \S+/g)].slice(0, 400).map(({ index }, i) => {
      return someNote({ id: `n${i}`, anchor: anchorAt(text, { start: index, end: index + 20 }) });
    });
    // Found only after a search, for their places are wrong.
    const moved = notes.map((note) => ({ ...note, anchor: { ...note.anchor, start: note.anchor.start + 9 } }));
    let pauses = 0;
    const placements = new Placements({ now: () => pauses * 100 + performance.now() }, async () => {
      if (pauses++ === 0) placements.edited([{ start: 0, end: 0, text: 'abc' }]);
      await setImmediate();
    });
    await placements.update(text, moved);
    assert.ok(pauses > 0);
    for (const [i, { span }] of placements.placed(moved).entries()) {
      assert.equal(span?.start, notes[i]!.anchor.start + 3);
    }
  });

  it('give new anchors for what changed, and only for that', async () => {
    const placements = fresh();
    const notes = [on(TEXT, 'Adam'), on(TEXT, 'Both')];
    await placements.update(TEXT, notes);
    assert.equal(placements.refreshed(TEXT, notes).size, 0);
    const at = TEXT.indexOf('Both');
    placements.edited([{ start: at, end: at, text: 'Yes. ' }]);
    const now = `${TEXT.slice(0, at)}Yes. ${TEXT.slice(at)}`;
    const anchors = placements.refreshed(now, notes);
    assert.deepEqual([...anchors], [['Both', anchorAt(now, { start: at + 5, end: at + 9 })]]);
    assert.equal(placements.refreshed(now, notes).size, 0);
  });

  it('give up words of which little is left, without touching their anchor', async () => {
    const placements = fresh();
    const notes = [on(TEXT, 'Momentum does not')];
    await placements.update(TEXT, notes);
    const { start, end } = notes[0]!.anchor;
    placements.edited([{ start: start + 2, end, text: '' }]);
    assert.equal(placements.refreshed(TEXT.slice(0, start + 2) + TEXT.slice(end), notes).size, 0);
    assert.equal(placements.placed(notes)[0]?.span, null);
  });

  it('take other anchors from the file, and forget notes that are gone', async () => {
    const placements = fresh();
    await placements.update(TEXT, [on(TEXT, 'Adam', 'a'), on(TEXT, 'Both', 'b')]);
    const notes = [on(TEXT, 'Momentum', 'a')];
    await placements.update(TEXT, notes);
    assert.equal(placements.placed(notes)[0]?.span?.start, TEXT.indexOf('Momentum'));
    assert.equal(placements.placed([on(TEXT, 'Both', 'b')])[0]?.span, null);
  });
});

describe('sliced work', () => {
  it('pauses as soon as its time is over, and gives the result', async () => {
    let now = 0;
    let pauses = 0;
    function* work(): Generator<undefined, string, undefined> {
      for (let i = 0; i < 12; i++) {
        now += 3;
        yield;
      }
      return 'done';
    }
    const result = await inSlices(work(), { now: () => now }, () => {
      pauses++;
      return Promise.resolve();
    });
    assert.deepEqual([result, pauses], ['done', 4]);
  });
});

describe('the list of notes for the command line', () => {
  const [first, second] = [on(TEXT, 'Adam', 'z'), on(TEXT, 'Momentum', 'a')];
  const lost = someNote({ id: 'o' });

  it('has the notes in the order of the text, orphans last', () => {
    const sidecar = formatSidecar({ annotations: [first, second, lost], extra: {} }, 'r.md');
    const { listing, problem } = listAnnotations('r.md', `# Title\n\n${TEXT}`, sidecar);
    assert.equal(problem, null);
    assert.equal(listing.report, 'r.md');
    assert.deepEqual(
      listing.annotations.map(({ id, quote, orphan, score }) => ({ id, quote, orphan, score })),
      [
        { id: 'z', quote: 'Adam', orphan: false, score: listing.annotations[0]?.score },
        { id: 'a', quote: 'Momentum', orphan: false, score: 1 },
        { id: 'o', quote: 'linear cost', orphan: true, score: 0 },
      ],
    );
    assert.deepEqual(
      listing.annotations.map(({ range }) => range),
      [
        { start: { line: 2, character: 0 }, end: { line: 2, character: 4 } },
        { start: { line: 2, character: 38 }, end: { line: 2, character: 46 } },
        null,
      ],
    );
    assert.deepEqual(
      Object.keys(listing.annotations[1] ?? {}).filter((key) => key !== 'resolved' && key !== 'replies'),
      ['id', 'part', 'quote', 'body', 'kind', 'author', 'created', 'modified', 'range', 'orphan', 'score'],
    );
  });

  it('is empty without a file of notes, and refuses a damaged one', () => {
    assert.deepEqual(listAnnotations('r.md', TEXT, null).listing, { report: 'r.md', annotations: [] });
    assert.throws(
      () => listAnnotations('r.md', TEXT, '{'),
      (thrown) => thrown instanceof Problem && thrown.data['file'] === 'r.md.drylab.json',
    );
  });
});
