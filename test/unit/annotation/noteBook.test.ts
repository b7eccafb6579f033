import assert from 'node:assert/strict';
import * as noteBook from '../../../src/core/annotation/noteBook';
import { Problem } from '../../../src/core/problem';
import { countingPen, someNote, someReply } from './someNotes';

const code = (expected: string) => (thrown: unknown) => thrown instanceof Problem && thrown.code === expected;

describe('the book of notes', () => {
  const anchor = someNote().anchor;
  const notes = [someNote(), someNote({ id: 'n2', replies: [someReply()] })];

  it('adds a note with a name, an id and a time', () => {
    const note = noteBook.newNote({ anchor, part: null, body: '  Why?\n' }, countingPen('Eve'));
    const at = '2026-01-01T00:00:01.000Z';
    assert.deepEqual(
      note,
      someNote({ id: 'id-2', part: null, body: 'Why?', author: 'Eve', created: at, modified: at }),
    );
    assert.deepEqual(noteBook.addNote(notes, note), [...notes, note]);
    assert.equal(noteBook.addNote([note], note).length, 1);
  });

  it('edits a body and tells when', () => {
    const edited = noteBook.editNote(notes, 'n2', 'New', countingPen());
    assert.deepEqual(edited, [notes[0], { ...notes[1], body: 'New', modified: '2026-01-01T00:00:01.000Z' }]);
    assert.equal(noteBook.editNote(notes, 'n1', 'Says who?', countingPen()), notes);
  });

  it('resolves and reopens', () => {
    const resolved = noteBook.resolveNote(notes, 'n1', true, countingPen());
    assert.equal(resolved[0]?.resolved, true);
    assert.equal(noteBook.resolveNote(resolved, 'n1', true, countingPen()), resolved);
    assert.equal(noteBook.resolveNote(resolved, 'n1', false, countingPen())[0]?.resolved, false);
  });

  it('adds, edits and removes replies', () => {
    const reply = noteBook.newReply('Because.', countingPen('Bob'));
    const answered = noteBook.addReply(notes, 'n1', reply);
    assert.deepEqual(answered[0]?.replies, [reply]);
    const edited = noteBook.editReply(answered, 'n1', reply.id, 'Therefore.', countingPen());
    assert.deepEqual(
      edited[0]?.replies.map(({ body, author }) => [body, author]),
      [['Therefore.', 'Bob']],
    );
    assert.deepEqual(noteBook.removeReply(edited, 'n1', reply.id).notes, notes);
  });

  it('puts back what was removed, once', () => {
    const note = noteBook.removeNote(notes, 'n2');
    assert.deepEqual(note.notes, [notes[0]]);
    assert.deepEqual(noteBook.restore(note.notes, note.removed), notes);
    assert.deepEqual(noteBook.restore(notes, note.removed), notes);
    const reply = noteBook.removeReply(notes, 'n2', 'r1');
    assert.deepEqual(noteBook.restore(reply.notes, reply.removed), notes);
    assert.throws(() => noteBook.restore([notes[0]!], reply.removed), code('annotation.unknown'));
  });

  it('refuses a note without text', () => {
    const pen = countingPen();
    for (const body of ['', ' \n\t']) {
      assert.throws(() => noteBook.newNote({ anchor, part: null, body }, pen), code('annotation.empty'));
      assert.throws(() => noteBook.newReply(body, pen), code('annotation.empty'));
      assert.throws(() => noteBook.editNote(notes, 'n1', body, pen), code('annotation.empty'));
      assert.throws(() => noteBook.editReply(notes, 'n2', 'r1', body, pen), code('annotation.empty'));
    }
  });

  it('refuses a note or reply that is not there', () => {
    const pen = countingPen();
    for (const change of [
      () => noteBook.editNote(notes, 'x', 'b', pen),
      () => noteBook.resolveNote(notes, 'x', true, pen),
      () => noteBook.removeNote(notes, 'x'),
      () => noteBook.addReply(notes, 'x', someReply()),
      () => noteBook.editReply(notes, 'n1', 'r1', 'b', pen),
      () => noteBook.removeReply(notes, 'n1', 'r1'),
    ])
      assert.throws(change, code('annotation.unknown'));
  });

  it('gives notes new anchors and keeps what else theirs hold', () => {
    const marked = someNote({ anchor: { ...anchor, page: 3 } as typeof anchor });
    const [moved, other] = noteBook.withAnchors(
      [marked, notes[1]!],
      new Map([
        ['n1', { ...anchor, start: 9 }],
        ['x', anchor],
      ]),
    );
    assert.deepEqual(moved?.anchor, { ...anchor, page: 3, start: 9 });
    assert.equal(other, notes[1]);
  });
});
