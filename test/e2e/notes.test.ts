import assert from 'node:assert/strict';
import { readFile, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { eventually, useWindow } from './vscodeWindow';

const REPORT = 'noted.md';
const WORDS = 'A small latent loses information.';
const TEXT = `1. ${WORDS}\n\n   A large one copies the input.\n\n7. (a) It costs $O(n^2 d)$.\n\n   (b) It costs $O(n d^2)$.\n`;
const NOTE = 'How small?';

describe('notes', () => {
  const window = useWindow(() => ({ files: { [REPORT]: TEXT } }));
  let report: Frame;

  interface Stored {
    annotations: { body: string; part: string; anchor: { exact: string; start: number; end: number } }[];
  }

  /** The notes in the file beside the report. */
  async function stored(): Promise<Stored['annotations']> {
    const names = await readdir(window().workspace);
    const sidecar = names.find((name) => name.startsWith(REPORT) && name.endsWith('.json'));
    assert.ok(sidecar, `a file of notes stands beside ${REPORT}: ${names.join(', ')}`);
    return (JSON.parse(await readFile(join(window().workspace, sidecar), 'utf8')) as Stored).annotations;
  }

  before(async () => {
    await window().openFile(REPORT);
    await window().command('Drylab: Open Report');
    report = await window().webview('report');
  });

  it('are written on words selected in the report', async () => {
    // A triple click selects the paragraph, as a reader would.
    await report.locator('article.part[data-part="1"] .answer p').first().click({ clickCount: 3 });
    await report.locator('.selection-button vscode-button').click();
    await report.locator('.new-note textarea').fill(NOTE);
    await window().page.keyboard.press('ControlOrMeta+Enter');
    await report
      .getByRole('article', { name: `on “${WORDS}”` })
      .getByText(NOTE)
      .waitFor();
  });

  it('are kept in a file beside the report, with the place of their words', async () => {
    const [note] = await eventually(stored);
    assert.ok(note);
    assert.deepEqual(
      { body: note.body, part: note.part, exact: note.anchor.exact },
      { body: NOTE, part: '1', exact: WORDS },
    );
    assert.equal(TEXT.slice(note.anchor.start, note.anchor.end), WORDS);
  });

  it('appear in the editor as comments', async () => {
    const { page } = window();
    await page.locator('.comment-thread, .comment-range-glyph').first().waitFor();
    await window().command('Comments: Focus on Comments View');
    await page.locator('.comments-panel').getByText(NOTE).first().waitFor();
  });

  it('are still there after the window is loaded anew', async () => {
    await window().reload();
    report = await window().webview('report');
    await report
      .getByRole('article', { name: `on “${WORDS}”` })
      .getByText(NOTE)
      .waitFor();
    assert.equal((await stored()).length, 1);
  });

  it('are replied to, resolved and deleted, and a deletion is taken back', async () => {
    const note = report.getByRole('article', { name: `on “${WORDS}”` });
    await note.hover();
    await note.getByRole('button', { name: 'Reply' }).first().click();
    await note.locator('textarea').fill('Two numbers, say.');
    await window().page.keyboard.press('ControlOrMeta+Enter');
    await note.getByText('Two numbers, say.').waitFor();
    await note.getByRole('button', { name: 'Resolve' }).click();
    await note.getByText('Resolved').waitFor();
    await note.locator('.note-fold').click();
    await note.getByRole('button', { name: 'Delete' }).first().click();
    await note.waitFor({ state: 'detached' });
    await report.locator('.toast').getByText('Undo').click();
    await report.getByRole('article', { name: `on “${WORDS}”` }).waitFor();
    await eventually(async () => assert.equal((await stored()).length, 1));
  });

  it('stay at their words when the text before them is edited', async () => {
    const { page } = window();
    await page.locator('.editor-instance .view-line').first().click();
    await page.keyboard.press('ControlOrMeta+Home');
    await page.keyboard.type('A line before everything.');
    await page.keyboard.press('Enter');
    await page.keyboard.press('Enter');
    await page.keyboard.press('ControlOrMeta+S');
    const edited = await eventually(async () => {
      const text = await readFile(join(window().workspace, REPORT), 'utf8');
      assert.ok(text.startsWith('A line before everything.'));
      return text;
    });
    report = await window().webview('report');
    await report.getByRole('article', { name: `on “${WORDS}”` }).waitFor();
    await eventually(async () => {
      const [note] = await stored();
      assert.equal(note && edited.slice(note.anchor.start, note.anchor.end), WORDS);
    });
  });
});
