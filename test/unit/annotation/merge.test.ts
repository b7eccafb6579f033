import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Annotation } from '../../../src/core/annotation/annotation';
import { mergeSidecars } from '../../../src/core/annotation/merge';
import { EMPTY_SIDECAR, formatSidecar, parseSidecar, type Sidecar } from '../../../src/core/annotation/sidecar';
import { anySidecar, someNote, someReply } from './someNotes';

const text = (sidecar: Sidecar): string => formatSidecar(sidecar, 'r');
/** As it would be read from its file: sorted. */
const read = anySidecar.map((sidecar) => parseSidecar(text(sidecar), 'x').sidecar);
const of = (...annotations: Annotation[]): Sidecar => ({ annotations, extra: {} });
const merged = (base: Sidecar, mine: Sidecar, theirs: Sidecar): readonly Annotation[] => {
  const result = mergeSidecars(base, mine, theirs);
  assert.equal(text(mergeSidecars(base, theirs, mine)), text(result), 'the same from the other side');
  return result.annotations;
};

describe('merging notes', () => {
  it('gives the same from either side', () => {
    fc.assert(
      fc.property(read, read, read, (base, mine, theirs) => {
        assert.equal(text(mergeSidecars(base, mine, theirs)), text(mergeSidecars(base, theirs, mine)));
      }),
      { numRuns: 150 },
    );
  });

  it('changes nothing where one side did nothing, or both did the same', () => {
    fc.assert(
      fc.property(read, read, (base, changed) => {
        assert.equal(text(mergeSidecars(base, changed, changed)), text(changed));
      }),
    );
    const someNotes = of(someNote(), someNote({ id: 'n2', replies: [someReply()] }));
    fc.assert(
      fc.property(read, (changed) => {
        // Another body, so that no note differs in its anchor alone, which is no edit.
        const mine = { ...changed, annotations: changed.annotations.map((note) => ({ ...note, body: 'other' })) };
        assert.equal(text(mergeSidecars(someNotes, someNotes, mine)), text(mine));
      }),
    );
  });

  it('changes nothing when done again', () => {
    fc.assert(
      fc.property(read, read, read, (base, mine, theirs) => {
        const once = mergeSidecars(base, mine, theirs);
        assert.equal(text(mergeSidecars(theirs, once, theirs)), text(once));
        assert.equal(text(mergeSidecars(once, once, once)), text(once));
      }),
    );
  });

  it('loses no note and no reply that somebody wrote, and brings back none that was deleted', () => {
    const ids = (sidecar: Sidecar): Set<string> =>
      new Set(sidecar.annotations.flatMap(({ id, replies }) => [id, ...replies.map((reply) => `${id}/${reply.id}`)]));
    fc.assert(
      fc.property(read, read, read, (base, mine, theirs) => {
        const [was, my, their, now] = [base, mine, theirs, mergeSidecars(base, mine, theirs)].map(ids);
        for (const id of [...my!, ...their!]) if (!was!.has(id)) assert.ok(now!.has(id), `${id} was lost`);
        for (const id of my!) if (their!.has(id)) assert.ok(now!.has(id), `${id} was lost`);
        for (const id of now!) assert.ok(my!.has(id) || their!.has(id), `${id} came back`);
      }),
      { numRuns: 150 },
    );
  });

  it('takes what each side changed of one note', () => {
    const base = someNote();
    const mine = { ...base, body: 'Mine', modified: '2026-01-03T00:00:00.000Z' };
    const theirs = { ...base, resolved: true, part: '8a', modified: '2026-01-02T00:00:00.000Z' };
    assert.deepEqual(merged(of(base), of(mine), of(theirs)), [
      { ...base, body: 'Mine', resolved: true, part: '8a', modified: '2026-01-03T00:00:00.000Z' },
    ]);
  });

  it('takes the later of two changes to one thing', () => {
    const base = someNote();
    const early = { ...base, body: 'zzz', modified: '2026-01-02T00:00:00.000Z' };
    const late = { ...base, body: 'aaa', modified: '2026-01-03T00:00:00.000Z' };
    assert.deepEqual(merged(of(base), of(early), of(late)), [late]);
  });

  it('keeps the replies of both', () => {
    const [first, second] = [someReply(), someReply({ id: 'r2', created: '2026-01-03T00:00:00.000Z' })];
    const base = someNote();
    const both = merged(of(base), of({ ...base, replies: [second] }), of({ ...base, replies: [first] }));
    assert.deepEqual(both[0]?.replies, [first, second]);
  });

  it('lets an edit win over a deletion', () => {
    const base = someNote({ replies: [someReply()] });
    const edited = { ...base, body: 'Changed', modified: '2026-01-03T00:00:00.000Z' };
    const answered = { ...base, replies: [someReply(), someReply({ id: 'r2' })] };
    assert.deepEqual(merged(of(base), of(), of(edited)), [edited]);
    assert.deepEqual(merged(of(base), of(answered), of()), [answered]);
  });

  it('lets a deletion win over nothing, and over a new place in the text', () => {
    const base = someNote();
    const moved = { ...base, anchor: { ...base.anchor, start: 70, end: 81 } };
    assert.deepEqual(merged(of(base), of(), of(base)), []);
    assert.deepEqual(merged(of(base), of(), of(moved)), []);
  });

  it('keeps unknown fields of both, and drops one that was taken out', () => {
    const without = someNote();
    const base = { ...without, old: 1 };
    const result = merged(
      of(base),
      of({ ...without, mine: 1 } as Annotation),
      of({ ...base, theirs: 2 } as Annotation),
    );
    assert.deepEqual(result, [{ ...without, mine: 1, theirs: 2 }]);
    const top = mergeSidecars(
      EMPTY_SIDECAR,
      { annotations: [], extra: { a: 1 } },
      { annotations: [], extra: { b: 2 } },
    );
    assert.deepEqual(top.extra, { a: 1, b: 2 });
  });
});
