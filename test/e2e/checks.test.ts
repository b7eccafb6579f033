import assert from 'node:assert/strict';
import { eventually, useWindow } from './vscodeWindow';

const REPORT = 'invariance.md';
const TEXT = [
  '3. a) A CNN uses where the pixels are, an MLP that flattens the image does not.',
  '',
  '   b) Because all places share the same weights, a convolution is translation invariant: its output stays the same when the image is shifted.',
  '',
].join('\n');

describe('checking', () => {
  const window = useWindow(() => ({ files: { [REPORT]: TEXT } }));
  const squiggles = () => window().page.locator('.monaco-editor .squiggly-warning');
  const lenses = (text: string) => window().page.locator('.codelens-decoration a').filter({ hasText: text });

  before(() => window().openFile(REPORT));

  it('leaves a file alone that nobody called a report', async () => {
    await window().page.waitForTimeout(1500);
    assert.equal(await lenses('points suggested').count(), 0);
    assert.equal(await window().page.locator('[id="drylab.drylab.drylab.check"]').count(), 0);
  });

  it('shows over each answer what it says, and runs an experiment from there', async () => {
    await window().command('Drylab: Show in Report');
    await window().webview('report');
    // VS Code asks for lenses only while the text has the focus, which the report takes when it has opened.
    await eventually(async () => {
      await window().page.locator('.monaco-editor .view-line').first().click();
      await lenses('points suggested').first().waitFor({ timeout: 3000 });
    });
    // A click is lost on a line that moves because another appears above it.
    await eventually(async () => {
      await lenses('Check').last().click({ timeout: 2000 });
      await squiggles().first().waitFor({ timeout: 20_000 });
    });
    await window().page.locator('.statusbar-item').filter({ hasText: 'Drylab: 1 misconception' }).waitFor();
  });

  it('lists the misconception among the problems, with a link to its part of the report', async () => {
    const { page } = window();
    await window().command('Problems: Focus on Problems View');
    const problem = page.locator('.markers-panel .monaco-list-row').filter({ hasText: 'Misconception:' }).first();
    await problem.waitFor();
    const report = await window().webview('report');
    await problem.locator('a', { hasText: '3b.m-invariance' }).click();
    await report.locator('article.part[data-part="3b"]:focus-within, article.part[data-part="3b"]:focus').waitFor();
    await window().tab(REPORT).first().click();
  });

  it('offers to dismiss it, with a reason', async () => {
    const { page } = window();
    await eventually(async () => {
      const box = await squiggles().first().boundingBox();
      assert.ok(box, 'the words are on the screen');
      await page.mouse.click(box.x + box.width / 2, box.y + box.height / 2);
      await page.keyboard.press('ControlOrMeta+.');
      await page.locator('.action-widget').getByText('Dismiss…').first().click({ timeout: 3000 });
    });
    await page.locator('.quick-input-widget').getByText('The answer does not say this').click();
    await squiggles().first().waitFor({ state: 'detached' });
  });

  it('lists parts and claims in the Test Explorer', async () => {
    const { page } = window();
    await window().command('Testing: Focus on Test Explorer View');
    await page.locator('.test-explorer').getByText(REPORT).first().waitFor();
  });
});
