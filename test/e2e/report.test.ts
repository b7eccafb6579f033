import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Frame } from 'playwright-core';
import { eventually, useWindow } from './vscodeWindow';

const REPORT = 'report-good.md';
const PARTS = '1 2a 2b 3a 3b 4 5 6a 6b 6c 7a 7b 8a 8b 8c 8d 9a 9b 9c 10a 10b'.split(' ');

describe('the sample report', () => {
  const window = useWindow();
  let report: Frame;

  /** The part whose heading has the focus. */
  const focusedPart = (): Promise<string | undefined> =>
    report.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-part]')?.dataset['part']);

  it('opens by a command of the palette', async () => {
    await window().openFile(REPORT);
    await window().command('Drylab: Open Report');
    report = await window().webview('report');
    await report.getByRole('heading', { level: 1, name: REPORT }).waitFor();
  });

  it('shows ten questions with 21 parts, each with its answer', async () => {
    assert.equal(await report.locator('section.question').count(), 10);
    const ids = await report.locator('article.part').evaluateAll((parts) => parts.map((part) => part.dataset['part']));
    assert.deepEqual(ids, PARTS);
    await report.getByText('21 of 21 parts answered').first().waitFor();
  });

  it('has its formulas set by KaTeX', async () => {
    await report.locator('article.part[data-part="7b"]').scrollIntoViewIfNeeded();
    await report.locator('article.part[data-part="7b"] .answer .katex').first().waitFor();
    // KaTeX's fonts and sheet are there: a superscript is smaller than its base, which plain text would not show.
    const font = await report
      .locator('.katex')
      .first()
      .evaluate((formula) => getComputedStyle(formula).fontFamily);
    assert.match(font, /KaTeX_Main/);
    const scroll = async (): Promise<void> => {
      for (const part of PARTS) await report.locator(`article.part[data-part="${part}"]`).scrollIntoViewIfNeeded();
    };
    await scroll();
    assert.deepEqual(await report.locator('.formula-error').allInnerTexts(), []);
  });

  it('is read with the keyboard, part by part', async () => {
    await report.locator('#part-1').click();
    const { keyboard } = window().page;
    const visited = ['1'];
    for (const key of ['j', 'j', 'j', 'k']) {
      await keyboard.press(key);
      await report.waitForFunction((before) => document.activeElement?.id !== before, `part-${visited.at(-1)}`);
      visited.push((await focusedPart()) ?? '');
    }
    assert.deepEqual(visited, ['1', '2a', '2b', '3a', '2b']);
    await keyboard.press('Alt+PageDown');
    await report.waitForFunction(() => document.activeElement?.id === 'part-3a');
  });

  it('goes to the source of a part', async () => {
    await report.locator('#part-7b').click();
    await window().page.keyboard.press('o');
    const source = readFileSync(join(window().workspace, REPORT), 'utf8').split('\n');
    const answer = await report.locator('article.part[data-part="7b"] .answer').innerText();
    const words = /[A-Za-z]+ [A-Za-z]+ [A-Za-z]+/.exec(answer)?.[0];
    assert.ok(words, 'the answer to 7b has words');
    await eventually(async () => {
      const line = Number(await window().page.locator('.line-numbers.active-line-number').first().innerText());
      const near = source.slice(line - 2, line + 3).join('\n');
      assert.ok(near.includes(words), `“${words}” is near line ${line}, where the editor is:\n${near}`);
    });
  });

  it('has its questions in the side panel, with a filter and the models', async () => {
    await window().command('View: Show Drylab');
    const panel = await window().webview('questions');
    await panel.getByText('21 of 21 parts answered').waitFor();
    const rows = panel.getByRole('treeitem');
    assert.equal(await rows.filter({ visible: true }).count(), 10 + 21 - 3, 'questions of one part have one row');
    await panel.locator('vscode-text-field input').fill('7b');
    await panel.getByRole('treeitem', { name: /^7 \(b\)/ }).waitFor();
    assert.equal(await panel.locator('[role="treeitem"][data-part]:not([hidden])').count(), 1);
    await panel.getByRole('treeitem', { name: /^7 \(b\)/ }).click();
    await report.waitForFunction(() => document.activeElement?.id === 'part-7b');
    for (const name of ['Sample AE and VAE', 'Show Attention Map']) await panel.getByRole('button', { name }).waitFor();
    await panel.locator('vscode-text-field input').fill('');
    // The extension knows where the reader is.
    await panel.locator('.selection-place', { hasText: '7 (b)' }).waitFor();
  });

  it('is where it was after the window is loaded anew', async () => {
    await window().reload();
    report = await window().webview('report');
    await report.locator('#part-7b').waitFor();
    await report.waitForFunction(() => {
      const top = document.querySelector('#part-7b')?.getBoundingClientRect().top ?? Infinity;
      return top > -50 && top < document.documentElement.clientHeight;
    });
  });
});
