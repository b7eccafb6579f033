import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { eventually, useWindow } from './vscodeWindow';

const REPORT = 'report-flawed.md';
/** A misconception that the answer to 3 (b) commits in plain words, and the quickest experiment that tells. */
const CLAIM = '3b.m-invariance';
const REASON = 'She means the pooled features.';
/** Milliseconds; an experiment trains nothing, but a busy machine may take its time. */
const EXPERIMENT = 150_000;

describe('findings in the report', () => {
  const window = useWindow();
  let report: Frame;

  const part = (id: string): Locator => report.locator(`article.part[data-part="${id}"]`);
  const finding = (claim = CLAIM): Locator => report.locator(`[data-claim="${claim}"]`);
  const link = (name: string): Locator => finding().getByRole('button', { name, exact: true }).first();
  const head = (): Locator => finding().locator('.finding-head');
  /** The claim whose line has the focus. */
  const focused = (): Promise<string | undefined> =>
    report.evaluate(() => document.activeElement?.closest<HTMLElement>('[data-claim]')?.dataset['claim']);
  const marked = (kind: string): Promise<number> =>
    report.evaluate((name) => CSS.highlights.get(name)?.size ?? 0, `drylab-${kind}`);

  async function isOpen(): Promise<boolean> {
    return (await head().getAttribute('aria-expanded')) === 'true';
  }

  before(async () => {
    await window().openFile(REPORT);
    await window().command('Drylab: Open Report');
    report = await window().webview('report');
    await report.locator('#part-3b').evaluate((heading) => heading.scrollIntoView());
  });

  it('are there as soon as the answers are read, and say that nothing was measured yet', async () => {
    await finding().getByText('unverified').waitFor();
    assert.match(await finding().innerText(), /not measured yet[\s\S]*translation invariant/);
    await part('3b').getByText('points suggested').waitFor();
    await eventually(async () => assert.ok((await marked('unverified')) > 0));
    assert.match((await part('3b').locator('.part-meta').innerText()).trim(), /of 5 points suggested$/);
  });

  it('are decided by a check, which tells how far it is and can be stopped', async () => {
    const check = report.locator('.check');
    await check.getByText('10 experiments that decide claims have not run yet.').waitFor();
    await check.locator('vscode-button').click();
    await check.getByRole('progressbar').waitFor();
    await check.getByRole('button', { name: 'Stop' }).click();
    await check.locator('vscode-button').waitFor();
    assert.equal(await check.getByRole('progressbar').count(), 0);
  });

  it('come with the experiment of their part', async () => {
    await part('3b').getByRole('button', { name: 'Run Experiment' }).click();
    await finding().getByText('misconception', { exact: true }).waitFor({ timeout: EXPERIMENT });
    assert.match(await head().innerText(), /\d/, 'what was measured stands beside the verdict');
    assert.equal(await part('3b').locator('.finding').first().getAttribute('data-claim'), CLAIM, 'the gravest first');
    await eventually(async () => assert.ok((await marked('misconception')) > 0));
  });

  it('say why, with numbers, and show the words of the answer', async () => {
    await head().click();
    assert.match(await finding().locator('.finding-why').innerText(), /^Why\? .*\d/);
    await eventually(async () => assert.ok((await marked('finding')) > 0));
    const quotes = finding().getByRole('list', { name: 'Words of the answer' }).getByRole('button');
    await quotes.first().click();
    await eventually(async () => assert.equal(await marked('flash'), 1));
  });

  it('have the figures of their experiment at hand', async () => {
    await link('Show Evidence').click();
    await finding().getByText('Accuracy on shifted images').click();
    await finding().getByRole('figure', { name: 'Accuracy on shifted images' }).waitFor();
    await head().click();
    assert.equal(await isOpen(), false);
  });

  it('open by a click on their words', async () => {
    const words = part('3b').locator('.answer p').first();
    const position = await words.evaluate((paragraph) => {
      const [mark] = [...(CSS.highlights.get('drylab-misconception') ?? [])].filter((each) =>
        paragraph.contains(each.startContainer),
      );
      if (!mark) throw new Error('no words are marked');
      const range = new Range();
      range.setStart(mark.startContainer, mark.startOffset);
      range.setEnd(mark.endContainer, mark.endOffset);
      const [at, home] = [range.getClientRects()[0], paragraph.getBoundingClientRect()];
      if (!at) throw new Error('the words are not shown');
      return { x: at.left + at.width / 2 - home.left, y: at.top + at.height / 2 - home.top };
    });
    // Where findings share words, each click opens the next of them.
    await eventually(async () => {
      await words.click({ position });
      assert.equal(await focused(), CLAIM);
    });
    assert.equal(await isOpen(), true);
  });

  it('are read with the keyboard, one after the other and back', async () => {
    const { keyboard } = window().page;
    await report.locator('#part-3b').click();
    await keyboard.press('v');
    await eventually(async () => assert.equal(await focused(), CLAIM));
    await keyboard.press('v');
    await eventually(async () => assert.match((await focused()) ?? '', /^3b\.(?!m-)/));
    await keyboard.press('Shift+V');
    await eventually(async () => assert.equal(await focused(), CLAIM));
    await keyboard.press('Shift+V');
    await eventually(async () => assert.match((await focused()) ?? '', /^3a\./));
  });

  it('become a note, of which the words are there already', async () => {
    await link('Add Note').click();
    const box = part('3b').locator('.new-note textarea');
    await eventually(async () => assert.match(await box.inputValue(), /^> .*translation invariant[\s\S]*\d/));
    await part('3b').locator('.new-note vscode-button').filter({ hasText: 'Cancel' }).click();
  });

  async function dismiss(): Promise<void> {
    if (!(await isOpen())) await head().click();
    await link('Dismiss').click();
    await finding().locator('textarea').fill(REASON);
    await window().page.keyboard.press('ControlOrMeta+Enter');
    await part('3b').getByRole('button', { name: '1 dismissed' }).waitFor();
  }

  it('are dismissed for a reason, which can be taken back at once', async () => {
    const points = part('3b').locator('.part-meta');
    const before = await points.innerText();
    await dismiss();
    assert.equal(await marked('misconception'), 0, 'dismissed words are not marked');
    assert.notEqual(await points.innerText(), before, 'a dismissed misconception costs nothing');
    await report.locator('.toast').getByText('Undo').click();
    await part('3b').locator('.finding-list-items').locator(`[data-claim="${CLAIM}"]`).waitFor();
    assert.equal(await points.innerText(), before);
  });

  it('stay dismissed over a reload, with the reason, until they are restored', async () => {
    await dismiss();
    await window().reload();
    report = await window().webview('report');
    await report.locator('#part-3b').evaluate((heading) => heading.scrollIntoView());
    await part('3b').getByRole('button', { name: '1 dismissed' }).click();
    await finding().getByText(`Dismissed: ${REASON}`).waitFor();
    await link('Restore').click();
    await part('3b').locator('.finding-list-items').locator(`[data-claim="${CLAIM}"]`).waitFor();
  });

  it('are in the side panel, where a word of theirs filters the parts', async () => {
    await window().command('View: Show Drylab');
    const panel = await window().webview('questions');
    await panel.getByRole('treeitem', { name: /^3 \(b\), .*1 misconception/ }).waitFor();
    await panel.locator('vscode-text-field input').fill('misconception');
    const shown = panel.locator('[role="treeitem"][data-part]:not([hidden])');
    const names = await shown.evaluateAll((rows) => rows.map((row) => row.getAttribute('aria-label') ?? ''));
    assert.ok(names.some((name) => name.startsWith('3 (b)')));
    for (const name of names) assert.match(name, /misconception/);
  });
});
