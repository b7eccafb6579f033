import assert from 'node:assert/strict';
import type { Annotation } from '../../../src/core/annotation/annotation';
import { addNote, editNote, removeNote } from '../../../src/core/annotation/noteBook';
import { formatSidecar, parseSidecar } from '../../../src/core/annotation/sidecar';
import { SidecarKeeper, type SidecarFile } from '../../../src/core/annotation/sidecarKeeper';
import { Problem } from '../../../src/core/problem';
import { countingPen, someNote } from './someNotes';

class MemoryFile implements SidecarFile {
  readonly name = 'report.md.drylab.json';
  writes = 0;
  failure: Error | null = null;

  constructor(public content: string | null = null) {}

  read(): Promise<string | null> {
    return Promise.resolve(this.content);
  }

  write(text: string): Promise<void> {
    if (this.failure) return Promise.reject(this.failure);
    this.writes++;
    this.content = text;
    return Promise.resolve();
  }

  get bodies(): string[] {
    return parseSidecar(this.content ?? '', this.name).sidecar.annotations.map(({ body }) => body);
  }

  /** As another program would write it. */
  put(...annotations: Annotation[]): void {
    this.content = formatSidecar({ annotations, extra: {} }, 'report.md');
  }
}

async function kept(file: MemoryFile): Promise<SidecarKeeper> {
  const keeper = new SidecarKeeper(file, 'report.md');
  await keeper.load();
  return keeper;
}

const add = (id: string, body: string) => (notes: readonly Annotation[]) => addNote(notes, someNote({ id, body }));
const code = (expected: string) => (thrown: unknown) => thrown instanceof Problem && thrown.code === expected;

describe('keeping the file of notes', () => {
  it('makes no file before there is a note', async () => {
    const file = new MemoryFile();
    const keeper = await kept(file);
    await keeper.change((notes) => notes);
    assert.deepEqual([file.content, keeper.problem, keeper.annotations], [null, null, []]);
  });

  it('writes every change, and nothing when nothing changes', async () => {
    const file = new MemoryFile();
    const keeper = await kept(file);
    await keeper.change(add('a', 'one'));
    await keeper.change(add('b', 'two'));
    await keeper.change((notes) => notes);
    await keeper.load();
    assert.deepEqual([file.bodies, file.writes], [['one', 'two'], 2]);
    await keeper.change((notes) => removeNote(notes, 'a').notes);
    assert.deepEqual(file.bodies, ['two']);
  });

  it('does not rewrite a file only because it is laid out differently', async () => {
    const file = new MemoryFile();
    file.put(someNote());
    file.content = JSON.stringify(JSON.parse(file.content ?? ''));
    const keeper = await kept(file);
    await keeper.change((notes) => notes);
    assert.equal(file.writes, 0);
  });

  it('merges what others wrote since it was read', async () => {
    const file = new MemoryFile();
    file.put(someNote({ id: 'a', body: 'one' }));
    const keeper = await kept(file);
    file.put(someNote({ id: 'a', body: 'one' }), someNote({ id: 'b', body: 'theirs' }));
    await keeper.change(add('c', 'mine'));
    assert.deepEqual(file.bodies, ['one', 'theirs', 'mine']);
    assert.deepEqual(
      keeper.annotations.map(({ id }) => id),
      ['a', 'b', 'c'],
    );
    file.put(someNote({ id: 'b', body: 'theirs' }));
    await keeper.load();
    assert.deepEqual(
      keeper.annotations.map(({ id }) => id),
      ['b'],
    );
  });

  it('loses nothing when two keep one file', async () => {
    const file = new MemoryFile();
    const [first, second] = [await kept(file), await kept(file)];
    for (let i = 0; i < 5; i++) {
      await first.change(add(`f${i}`, `f${i}`));
      await second.change(add(`s${i}`, `s${i}`));
    }
    await first.load();
    assert.equal(file.bodies.length, 10);
    assert.deepEqual(first.annotations, second.annotations);
  });

  it('makes changes in turn', async () => {
    const file = new MemoryFile();
    const keeper = await kept(file);
    await Promise.all(['a', 'b', 'c'].map((id) => keeper.change(add(id, id))));
    assert.deepEqual(file.bodies, ['a', 'b', 'c']);
  });

  it('changes nothing when a change is refused', async () => {
    const file = new MemoryFile();
    file.put(someNote());
    const keeper = await kept(file);
    const edit = keeper.change((notes) => editNote(notes, 'nobody', 'x', countingPen()));
    await assert.rejects(edit, code('annotation.unknown'));
    assert.deepEqual([file.writes, keeper.annotations.length, keeper.problem], [0, 1, null]);
  });

  for (const [what, content] of [
    ['damaged', '{"format": "drylab-annotations", <<<<<<< HEAD'],
    ['newer', '{"format": "drylab-annotations", "version": 2, "annotations": [], "secret": 1}'],
  ] as const) {
    it(`never writes a ${what} file, and goes on once it is repaired`, async () => {
      const file = new MemoryFile(content);
      const keeper = await kept(file);
      assert.equal(keeper.problem?.code, `sidecar.${what}`);
      assert.ok(keeper.readOnly);
      await assert.rejects(keeper.change(add('a', 'one')), code(`sidecar.${what}`));
      await keeper.load();
      assert.deepEqual([file.content, file.writes], [content, 0]);
      file.put(someNote({ id: 'r', body: 'repaired' }));
      await keeper.change(add('a', 'one'));
      assert.deepEqual([file.bodies, keeper.problem], [['one', 'repaired'], null]);
    });

    it(`never writes a file that has become ${what} since`, async () => {
      const file = new MemoryFile();
      file.put(someNote());
      const keeper = await kept(file);
      file.content = content;
      await assert.rejects(keeper.change(add('a', 'one')), code(`sidecar.${what}`));
      assert.deepEqual([file.content, file.writes], [content, 0]);
    });
  }

  it('shows what it understands of a newer file', async () => {
    const file = new MemoryFile();
    file.put(someNote());
    file.content = (file.content ?? '').replace('"version": 1', '"version": 7');
    const keeper = await kept(file);
    assert.deepEqual(keeper.annotations, [someNote()]);
  });

  it('keeps a change that could not be written, and writes it with the next', async () => {
    const file = new MemoryFile();
    const keeper = await kept(file);
    file.failure = new Error('disk full');
    await keeper.change(add('a', 'one'));
    assert.deepEqual(keeper.problem, {
      code: 'sidecar.write',
      data: { file: 'report.md.drylab.json', detail: 'disk full' },
    });
    assert.deepEqual([keeper.annotations.length, file.content, keeper.readOnly], [1, null, false]);
    file.failure = null;
    await keeper.change(add('b', 'two'));
    assert.deepEqual([file.bodies, keeper.problem], [['one', 'two'], null]);
  });

  it('keeps a change that could not be written while others write', async () => {
    const file = new MemoryFile();
    const keeper = await kept(file);
    file.failure = new Error('disk full');
    await keeper.change(add('a', 'one'));
    file.content = '{';
    await keeper.load();
    assert.equal(keeper.problem?.code, 'sidecar.damaged');
    file.put(someNote({ id: 'b', body: 'theirs' }));
    file.failure = null;
    await keeper.load();
    assert.deepEqual([file.bodies, keeper.problem], [['one', 'theirs'], null]);
  });
});
