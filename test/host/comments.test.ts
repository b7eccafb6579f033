import assert from 'node:assert/strict';
import * as vscode from 'vscode';
import type { ExtensionApi } from '../../src/extension/api';
import { NoteComment } from '../../src/extension/comments/noteComment';
import { NoteThreads } from '../../src/extension/comments/noteThreads';
import { COMMANDS } from '../../src/extension/contributions';
import type { NoteStore } from '../../src/extension/notes/noteStore';
import { activated, closeAllTabs, problem, remove, until, write } from './sandbox';

const TEXT = '7. (a) Attention compares every query with every key.\n\n   (b) The cheap one has linear cost in n.\n';
const QUOTE = 'linear cost';

interface SidecarContent {
  format: string;
  version: number;
  report: string;
  annotations: { id: string; body: string; author: string; part: string | null; anchor: Record<string, unknown> }[];
}

describe('notes', () => {
  let api: ExtensionApi;
  const written: vscode.Uri[] = [];

  before(async () => {
    api = await activated();
    const settings = vscode.workspace.getConfiguration();
    await settings.update('drylab.author', 'Tester', vscode.ConfigurationTarget.Global);
  });

  after(() =>
    vscode.workspace.getConfiguration().update('drylab.author', undefined, vscode.ConfigurationTarget.Global),
  );

  afterEach(async () => {
    await closeAllTabs();
    for (const uri of written.splice(0)) await remove(uri).catch(() => undefined);
  });

  const sidecarOf = (uri: vscode.Uri): vscode.Uri => uri.with({ path: `${uri.path}.drylab.json` });

  async function textOf(uri: vscode.Uri): Promise<string> {
    return new TextDecoder().decode(await vscode.workspace.fs.readFile(uri));
  }

  const contentOf = async (uri: vscode.Uri): Promise<SidecarContent> => JSON.parse(await textOf(sidecarOf(uri)));

  /** A report in an editor, with the text of its file of notes if it has one. */
  async function report(name: string, notes?: string): Promise<{ document: vscode.TextDocument; store: NoteStore }> {
    const uri = await write(name, TEXT);
    written.push(uri, sidecarOf(uri));
    if (notes !== undefined) await write(`${name}.drylab.json`, notes);
    const document = await vscode.workspace.openTextDocument(uri);
    await vscode.window.showTextDocument(document);
    return { document, store: await api.notes.forDocument(document) };
  }

  function addNote(document: vscode.TextDocument, body = 'Is it?', quote = QUOTE): Thenable<string | undefined> {
    const start = document.getText().indexOf(quote);
    return vscode.commands.executeCommand(COMMANDS.addNote, {
      uri: document.uri,
      start,
      end: start + quote.length,
      part: '7b',
      body,
    });
  }

  async function edit(document: vscode.TextDocument, change: (edit: vscode.WorkspaceEdit) => void): Promise<void> {
    const changes = new vscode.WorkspaceEdit();
    change(changes);
    assert.ok(await vscode.workspace.applyEdit(changes));
  }

  /** What the note's words are in the document now. */
  function wordsOf(document: vscode.TextDocument, store: NoteStore): string | null {
    const span = store.placed[0]?.span;
    return span ? document.getText().slice(span.start, span.end) : null;
  }

  describe('in their file', () => {
    it('are written beside the report, with quote, place and author', async () => {
      const { document, store } = await report('written.md');
      const id = await addNote(document);
      const start = TEXT.indexOf(QUOTE);
      const content = await contentOf(document.uri);
      assert.deepEqual([content.format, content.version, content.report], ['drylab-annotations', 1, 'written.md']);
      assert.deepEqual(
        content.annotations.map(({ id, body, author, part, anchor }) => ({ id, body, author, part, anchor })),
        [
          {
            id,
            body: 'Is it?',
            author: 'Tester',
            part: '7b',
            anchor: {
              exact: QUOTE,
              prefix: TEXT.slice(start - 32, start),
              suffix: TEXT.slice(start + QUOTE.length),
              start,
              end: start + QUOTE.length,
            },
          },
        ],
      );
      assert.equal(store.problem, null);
      const files = await vscode.workspace.fs.readDirectory(vscode.Uri.joinPath(document.uri, '..'));
      assert.deepEqual(
        files.filter(([name]) => name.endsWith('.tmp')),
        [],
      );
    });

    it('follow the text, and the file follows when the report is saved', async () => {
      const { document, store } = await report('followed.md');
      await addNote(document);
      const before = store.placed[0]?.span?.start ?? NaN;
      await edit(document, (changes) => changes.insert(document.uri, new vscode.Position(0, 0), '# A title\n\n'));
      // The edit is done before the extension host hears of it.
      await until('the words have moved', () => store.placed[0]?.span?.start === before + 11);
      assert.equal(wordsOf(document, store), QUOTE);
      assert.ok(await document.save());
      let anchored: unknown;
      await until('the anchor is refreshed in the file', () => {
        void contentOf(document.uri).then(({ annotations }) => (anchored = annotations[0]?.anchor['start']));
        return anchored === before + 11;
      });
    });

    it('lose words that are deleted, and get them back with an undo', async () => {
      const { document, store } = await report('undone.md');
      await addNote(document);
      const at = document.getText().indexOf(QUOTE);
      const range = new vscode.Range(document.positionAt(at), document.positionAt(at + QUOTE.length));
      await edit(document, (changes) => changes.delete(document.uri, range));
      await until('the words are gone', () => wordsOf(document, store) === null);
      await vscode.commands.executeCommand('undo');
      await until('the words are found again', () => wordsOf(document, store) === QUOTE);
    });

    it('are found again in a text that was changed while nobody looked', async () => {
      const { document } = await report('elsewhere.md');
      await addNote(document);
      const notes = await textOf(sidecarOf(document.uri));
      await write('moved.md.drylab.json', notes);
      written.push(sidecarOf(document.uri.with({ path: document.uri.path.replace('elsewhere', 'moved') })));
      const uri = await write('moved.md', `A new introduction.\n\n${TEXT.replace('The cheap one', 'Cheap attention')}`);
      written.push(uri);
      const other = await vscode.workspace.openTextDocument(uri);
      assert.equal(wordsOf(other, await api.notes.forDocument(other)), QUOTE);
    });

    it('are taken over when another program changes the file, and merged', async () => {
      const { document, store } = await report('shared.md');
      const id = await addNote(document);
      const content = await contentOf(document.uri);
      const theirs = { ...content.annotations[0], id: 'theirs', body: 'No.' };
      const merged = { ...content, annotations: [...content.annotations, theirs], custom: 1 };
      await write('shared.md.drylab.json', JSON.stringify(merged));
      await addNote(document, 'Mine.', 'Attention');
      await until('their note is there', () => store.placed.length === 3);
      const now = await contentOf(document.uri);
      assert.deepEqual(now.annotations.map(({ body }) => body).sort(), ['Is it?', 'Mine.', 'No.']);
      assert.equal((now as unknown as { custom: number }).custom, 1);
      await write('shared.md.drylab.json', JSON.stringify({ ...now, annotations: [theirs] }));
      await until('the deletions are seen', () => store.placed.length === 1);
      assert.equal(
        store.placed.some(({ annotation }) => annotation.id === id),
        false,
      );
    });

    for (const [what, content] of [
      ['damaged', '{"format": "drylab-annotations",\n<<<<<<< HEAD\n'],
      ['newer', '{"format": "drylab-annotations", "version": 99, "annotations": [], "secret": true}'],
    ] as const) {
      it(`are not overwritten when the file is ${what}`, async () => {
        const { document, store } = await report(`${what}.md`, content);
        assert.equal(store.problem?.code, `sidecar.${what}`);
        const span = { start: 0, end: 10 };
        await assert.rejects(store.add({ span, part: null, body: 'New' }), problem(`sidecar.${what}`));
        await addNote(document);
        await edit(document, (changes) => changes.insert(document.uri, new vscode.Position(0, 0), 'x'));
        assert.ok(await document.save());
        await new Promise((wake) => setTimeout(wake, 500));
        assert.equal(await textOf(sidecarOf(document.uri)), content);
        assert.deepEqual(store.placed, []);
      });
    }

    it('are readable again once the file is repaired', async () => {
      const { document, store } = await report('repaired.md', '{');
      assert.equal(store.problem?.code, 'sidecar.damaged');
      await vscode.workspace.fs.delete(sidecarOf(document.uri));
      await until('the problem is gone', () => store.problem === null);
      assert.ok(await addNote(document));
      assert.equal((await contentOf(document.uri)).annotations.length, 1);
    });

    it('are one store for everyone, as long as the document is open', async () => {
      const { document, store } = await report('one.md');
      assert.equal(await api.notes.forDocument(document), store);
      assert.equal(api.notes.get(document.uri), store);
    });

    it('are refused for nothing, for white space and for no text', async () => {
      const { document, store } = await report('refused.md');
      const body = 'A note';
      const at = document.getText().indexOf('\n\n');
      for (const span of [
        { start: 3, end: 3 },
        { start: at, end: at + 3 },
      ]) {
        await assert.rejects(store.add({ span, part: null, body }), problem('annotation.no-selection'));
      }
      await assert.rejects(
        store.add({ span: { start: 0, end: 9 }, part: null, body: ' ' }),
        problem('annotation.empty'),
      );
      await assert.rejects(store.edit('nobody', body), problem('annotation.unknown'));
      await assert.rejects(async () => vscode.workspace.fs.stat(sidecarOf(document.uri)));
    });
  });

  describe('in the editor', () => {
    let controller: vscode.CommentController;
    const open: vscode.Disposable[] = [];

    before(() => {
      controller = vscode.comments.createCommentController('drylab.test', 'Test');
    });
    afterEach(() => vscode.Disposable.from(...open.splice(0)).dispose());
    after(() => controller.dispose());

    /** The threads of a store, kept up to date as the extension keeps its own. */
    function threadsOf(store: NoteStore): NoteThreads {
      const threads = new NoteThreads(controller, store);
      open.push(
        threads,
        store.onDidChange(() => threads.render()),
      );
      return threads;
    }

    const comments = (thread: vscode.CommentThread | undefined): NoteComment[] =>
      (thread?.comments ?? []).map((comment) => {
        assert.ok(comment instanceof NoteComment);
        return comment;
      });

    it('are threads on their words that move with the text', async () => {
      const { document, store } = await report('threads.md');
      const threads = threadsOf(store);
      const id = await addNote(document, '[run](command:workbench.action.quit) <b>x</b>');
      const [thread] = threads.all;
      assert.ok(thread?.range);
      assert.equal(threads.noteOf(thread), id);
      assert.equal(document.getText(thread.range), QUOTE);
      assert.equal(thread.range.start.line, 2);
      assert.deepEqual([thread.label, thread.contextValue, thread.canReply], ['Note on 7b', 'open', true]);
      const [comment] = comments(thread);
      assert.ok(comment?.body instanceof vscode.MarkdownString);
      assert.equal(comment.author.name, 'Tester');
      assert.deepEqual([comment.body.isTrusted, comment.body.supportHtml], [false, false]);
      await edit(document, (changes) => changes.insert(document.uri, new vscode.Position(0, 0), 'Above.\n\n'));
      await until('the thread has moved', () => thread.range?.start.line === 4);
      assert.equal(document.getText(thread.range), QUOTE);
    });

    it('show replies, and that they are resolved', async () => {
      const { document, store } = await report('replies.md');
      const threads = threadsOf(store);
      const id = (await addNote(document)) ?? '';
      await store.reply(id, 'It is.');
      await store.setResolved(id, true);
      const [thread] = threads.all;
      assert.deepEqual(
        comments(thread).map(({ text }) => text),
        ['Is it?', 'It is.'],
      );
      assert.deepEqual([thread?.state, thread?.contextValue], [vscode.CommentThreadState.Resolved, 'resolved']);
      await comments(thread)[1]?.remove();
      assert.equal(comments(thread).length, 1);
      await store.undoRemove();
      assert.equal(comments(thread)[1]?.text, 'It is.');
    });

    it('are edited in place, and kept while others change something', async () => {
      const { document, store } = await report('edited.md');
      const threads = threadsOf(store);
      const id = (await addNote(document)) ?? '';
      const [comment] = comments(threads.all[0]);
      assert.ok(comment);
      await vscode.commands.executeCommand(COMMANDS.editComment, comment);
      assert.equal(comment.mode, vscode.CommentMode.Editing);
      comment.body = 'It is not.';
      await store.reply(id, 'Meanwhile.');
      assert.equal(threads.all[0]?.comments[0], comment);
      await vscode.commands.executeCommand(COMMANDS.saveComment, comment);
      assert.equal(store.placed[0]?.annotation.body, 'It is not.');
      assert.equal(comments(threads.all[0])[0]?.mode, vscode.CommentMode.Preview);
      assert.equal((await contentOf(document.uri)).annotations[0]?.body, 'It is not.');
    });

    it('stay in the field when they cannot be saved', async () => {
      const { document, store } = await report('kept.md');
      const threads = threadsOf(store);
      await addNote(document);
      const [comment] = comments(threads.all[0]);
      comment?.startEditing();
      assert.ok(comment);
      comment.body = '  ';
      await vscode.commands.executeCommand(COMMANDS.saveComment, comment);
      assert.equal(comment.mode, vscode.CommentMode.Editing);
      await vscode.commands.executeCommand(COMMANDS.cancelEditing, comment);
      assert.deepEqual([comment.mode, comment.text], [vscode.CommentMode.Preview, 'Is it?']);
    });

    it('stand on the first line when their words are gone, and quote them', async () => {
      const { document, store } = await report('orphan.md');
      const threads = threadsOf(store);
      await addNote(document);
      const range = new vscode.Range(0, 0, document.lineCount, 0);
      await edit(document, (changes) => changes.replace(document.uri, range, 'Something else entirely.\n'));
      await until('the note is an orphan', () => threads.all[0]?.label?.includes('gone'));
      assert.match(threads.all[0]?.label ?? '', /“linear cost”/);
      assert.ok(threads.all[0]?.range?.isEqual(new vscode.Range(0, 0, 0, 0)));
    });

    it('are written from the field beside a line, on the whole line', async () => {
      const { document, store } = await report('line.md');
      const thread = controller.createCommentThread(document.uri, new vscode.Range(2, 0, 2, 0), []);
      await vscode.commands.executeCommand(COMMANDS.createNote, { thread, text: 'About the line.' });
      assert.equal(store.placed[0]?.annotation.body, 'About the line.');
      assert.equal(wordsOf(document, store), document.lineAt(2).text.trim());
    });

    it('are written on a selection, and deleted with an undo', async () => {
      const { document, store } = await report('selected.md');
      const threads = threadsOf(store);
      const at = document.positionAt(document.getText().indexOf(QUOTE));
      const thread = controller.createCommentThread(document.uri, new vscode.Range(at, at.translate(0, 6)), []);
      await vscode.commands.executeCommand(COMMANDS.createNote, { thread, text: 'About a word.' });
      assert.equal(wordsOf(document, store), 'linear');
      await vscode.commands.executeCommand(COMMANDS.deleteComment, comments(threads.all[0])[0]);
      assert.deepEqual([store.placed.length, threads.all.length], [0, 0]);
      assert.deepEqual((await contentOf(document.uri)).annotations, []);
      await store.undoRemove();
      assert.equal(wordsOf(document, store), 'linear');
      assert.equal((await contentOf(document.uri)).annotations.length, 1);
    });

    it('open a field for the selection', async () => {
      const { document, store } = await report('field.md');
      const editor = await vscode.window.showTextDocument(document);
      const at = document.positionAt(document.getText().indexOf(QUOTE));
      editor.selection = new vscode.Selection(at, at.translate(0, QUOTE.length));
      await vscode.commands.executeCommand(COMMANDS.addNote);
      assert.ok(document.getText(editor.selection) === QUOTE, 'the selection is kept');
      assert.deepEqual(store.placed, []);
    });

    it('are read-only when the file is newer', async () => {
      const { document } = await report('source.md');
      await addNote(document);
      const newer = (await textOf(sidecarOf(document.uri))).replace('"version": 1', '"version": 2');
      const { store } = await report('readonly.md', newer);
      const [thread] = threadsOf(store).all;
      assert.deepEqual([thread?.contextValue, thread?.canReply, thread?.label], ['readonly', false, 'Note, read-only']);
      assert.equal(comments(thread)[0]?.contextValue, 'readonly');
    });

    it('appear by themselves in a document that has a file of notes', async () => {
      const { document } = await report('first.md');
      await addNote(document);
      const notes = await textOf(sidecarOf(document.uri));
      const uri = await write('second.md', TEXT);
      await write('second.md.drylab.json', notes);
      written.push(uri, sidecarOf(uri));
      await vscode.workspace.openTextDocument(uri);
      const store = await until('the notes are opened', () => api.notes.get(uri));
      assert.equal(store.placed.length, 1);
    });
  });
});
