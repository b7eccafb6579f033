import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { eventually, useWindow } from './vscodeWindow';

/** Proves .vscodeignore: whatever is missing from the package is missing here. */
describe('the packaged extension, installed', () => {
  let folder: string;
  let vsix: string;

  before(function () {
    this.timeout(180_000);
    folder = mkdtempSync(join(tmpdir(), 'drylab-vsix-'));
    vsix = join(folder, 'drylab.vsix');
    execFileSync(process.execPath, ['scripts/package.mjs', '--out', vsix], { stdio: ['ignore', 'ignore', 'inherit'] });
  });
  after(() => rmSync(folder, { recursive: true, force: true }));

  const window = useWindow(() => ({ vsix }));

  it('opens the sample report, with formulas and icons', async () => {
    await window().openFile('report-good.md');
    await window().command('Drylab: Open Report');
    const report = await window().webview('report');
    await report.getByText('21 of 21 parts answered').first().waitFor();
    await report.locator('.katex').first().waitFor();
    const fonts = await report.evaluate(async () => {
      await document.fonts.ready;
      return [...document.fonts]
        .filter(({ status }) => status !== 'unloaded')
        .map(({ family, status }) => ({ family, status }));
    });
    assert.deepEqual(
      fonts.filter(({ status }) => status !== 'loaded'),
      [],
    );
    for (const family of ['codicon', 'KaTeX_Main'])
      assert.ok(
        fonts.some((font) => font.family.includes(family)),
        family,
      );
  });

  it('runs its models in the native runtime', async () => {
    await window().command('Drylab: Sample AE and VAE');
    const samples = await window().webview('latent');
    const grid = samples.getByRole('listbox', { name: 'Variational autoencoder' });
    await eventually(async () => assert.equal(await grid.getByRole('option').count(), 64), 30_000);
    await window().command('Drylab: Restart Lab');
    await (await window().notification(/it uses onnxruntime-node/)).waitFor();
    await window().command('Notifications: Hide Notifications');
  });

  it('translates', async () => {
    await window().command('Drylab: Show Attention Map');
    const attention = await window().webview('attention');
    await attention
      .getByRole('region', { name: 'Translation' })
      .locator('[lang="fr"]')
      .filter({ hasText: /\w/ })
      .waitFor();
  });
});
