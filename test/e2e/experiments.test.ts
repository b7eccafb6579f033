import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { eventually, useWindow } from './vscodeWindow';

const REPORT = 'report-good.md';

describe('experiments', () => {
  const window = useWindow();
  let panel: Frame;
  const words = (): Locator => panel.locator('.run-words');
  const outcomes = (): Locator => panel.locator('.claim .outcome');
  const losses = (): Locator => panel.getByRole('textbox', { name: /^Losses m/ });

  it('runs the experiment that is chosen by its question, and shows outcomes and figures', async () => {
    const { page } = window();
    await window().command('Drylab: Run Experiment');
    const box = page.locator('.quick-input-widget input').first();
    const row = page.locator('.quick-input-list .monaco-list-row').filter({ hasText: 'A scalar loss' });
    await row.waitFor();
    await box.fill('scalar');
    await row.click();
    panel = await window().webview('experiment');
    await words()
      .filter({ hasText: /^Computed in/ })
      .waitFor();
    assert.equal(await outcomes().count(), 3);
    for (const word of await outcomes().allInnerTexts()) assert.match(word, /holds|fails|inconclusive/);
    assert.match(await panel.locator('.claim').first().innerText(), /5\.gradient-shape.*gradient/s);
    await panel.getByRole('figure', { name: 'Time of a gradient and of a Jacobian' }).waitFor();
    assert.match(await panel.locator('.summary').innerText(), /2.?656 parameters/);
  });

  it('says what is wrong with a setting beside it, and keeps the results', async () => {
    await losses().fill('65');
    const alert = panel.getByRole('alert').filter({ visible: true });
    await alert.filter({ hasText: /1 to 64/ }).waitFor();
    assert.equal(await outcomes().count(), 3);
  });

  it('runs again with another setting, can be stopped, and says which settings the results are of', async () => {
    await losses().fill('4');
    await panel.getByRole('button', { name: 'Stop' }).click();
    await words().filter({ hasText: 'Stopped.' }).waitFor();
    await panel.getByText(/earlier settings: Losses m 16, seed 0/).waitFor();
    await panel.getByRole('button', { name: 'Run', exact: true }).click();
    await eventually(async () => assert.match(await panel.locator('.claim').nth(1).innerText(), /4 × 2.?656/));
    assert.equal(await panel.getByText(/earlier settings/).isVisible(), false);
  });

  it('finds in the cache what was computed before', async () => {
    await losses().fill('16');
    await words()
      .filter({ hasText: /^From the cache, computed in/ })
      .waitFor();
    await panel.getByText('Where these numbers come from').click();
    await panel.getByText('none: computed without a model').waitFor();
  });

  it('comes back after a reload with its settings and results', async () => {
    await losses().fill('4');
    await words()
      .filter({ hasText: /^From the cache/ })
      .waitFor();
    await window().reload();
    panel = await window().webview('experiment');
    await words()
      .filter({ hasText: /^From the cache/ })
      .waitFor();
    assert.equal(await losses().inputValue(), '4');
    assert.equal(await outcomes().count(), 3);
  });

  it('shows beside an answer what is known of its claims, and leads to the panel', async () => {
    await window().openFile(REPORT);
    await window().command('Drylab: Open Report');
    const report = await window().webview('report');
    await report.locator('#part-5').evaluate((heading) => heading.scrollIntoView());
    const claim = report.getByRole('region', { name: 'Claims of 5' }).locator('[data-claim="5.jacobian"]');
    await claim.locator('.finding-head').click();
    await claim.getByRole('button', { name: 'Show Evidence' }).click();
    await claim.getByText('Time of a gradient and of a Jacobian').click();
    await claim.getByRole('figure').waitFor();
    await claim.getByRole('button', { name: 'Open Experiment' }).click();
    await window().tab('A scalar loss').waitFor();
  });
});
