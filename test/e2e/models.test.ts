import assert from 'node:assert/strict';
import type { Frame, Locator } from 'playwright-core';
import { eventually, useWindow } from './vscodeWindow';

describe('the models', () => {
  const window = useWindow();

  describe('Sample AE and VAE', () => {
    let samples: Frame;

    /** A checksum of the pixels of a canvas, and how many grey levels it has. */
    function pixels(canvas: Locator): Promise<{ sum: number; levels: number }> {
      return canvas.evaluate((element) => {
        const { width, height } = element as HTMLCanvasElement;
        const image = (element as HTMLCanvasElement).getContext('2d')?.getImageData(0, 0, width, height);
        let sum = 0;
        for (const [index, value] of (image?.data ?? []).entries()) sum = (sum * 31 + value * (index % 251)) % 1e9;
        return { sum, levels: new Set(image?.data).size };
      });
    }

    it('shows 64 pictures of each model', async () => {
      await window().command('Drylab: Sample AE and VAE');
      samples = await window().webview('latent');
      for (const name of ['Autoencoder', 'Variational autoencoder']) {
        const grid = samples.getByRole('listbox', { name, exact: true });
        await eventually(async () => assert.equal(await grid.getByRole('option').count(), 64));
        assert.ok((await pixels(grid.locator('canvas'))).levels > 50, `the pictures of the ${name} are not blank`);
      }
    });

    it('gives the same pictures for the same seed, and others for another', async () => {
      const canvas = samples.getByRole('listbox', { name: 'Variational autoencoder' }).locator('canvas');
      const seed = samples.getByRole('textbox', { name: 'Seed' });
      const first = await pixels(canvas);
      await seed.fill('8');
      const second = await eventually(async () => {
        const now = await pixels(canvas);
        assert.notEqual(now.sum, first.sum);
        return now;
      });
      await seed.fill('7');
      await eventually(async () => assert.deepEqual(await pixels(canvas), first));
      assert.notDeepEqual(second, first);
    });

    it('refuses a seed that is no number, in words', async () => {
      await samples.getByRole('textbox', { name: 'Seed' }).fill('seven');
      await samples.getByRole('alert').filter({ visible: true }).first().waitFor();
    });
  });

  describe('Show Attention Map', () => {
    let attention: Frame;
    const sentence = (): Locator => attention.getByRole('textbox', { name: 'English sentence' });
    const map = (): Locator => attention.getByRole('grid').first();
    const translation = (): Locator => attention.getByRole('region', { name: 'Translation' }).locator('[lang="fr"]');

    /** Chooses in one of the dropdowns, as a person with a keyboard does. */
    async function choose(name: string, value: string): Promise<void> {
      await attention.getByRole('combobox', { name }).click();
      await attention.getByRole('option', { name: value, exact: true }).filter({ visible: true }).click();
    }

    it('translates a sentence and shows how the French words look at the English ones', async () => {
      await window().command('Drylab: Show Attention Map');
      attention = await window().webview('attention');
      await translation().filter({ hasText: /\w/ }).waitFor();
      const before = await translation().innerText();
      await sentence().fill('The cat is on the table.');
      await window().page.keyboard.press('Enter');
      await eventually(async () => assert.notEqual(await translation().innerText(), before));
      assert.match(await translation().innerText(), /chat/);
      const heads = await map().locator('thead th').allInnerTexts();
      for (const word of ['The', 'cat', 'is', 'on', 'the', 'table']) assert.ok(heads.includes(word), heads.join(' '));
    });

    it('has rows that sum to one, the end mark included', async () => {
      await attention.getByRole('checkbox', { name: 'End mark' }).check();
      await eventually(async () => {
        const sums = await map()
          .locator('tbody tr')
          .evaluateAll((rows) => rows.map((row) => row.querySelector('td.statistic')?.textContent));
        assert.ok(sums.length >= 5, `${sums.length} rows`);
        assert.deepEqual([...new Set(sums)], ['1.000']);
      });
    });

    it('tells the value of a weight under the pointer', async () => {
      const cell = map().locator('tbody td.cell').first();
      await cell.hover();
      const name = (await cell.getAttribute('aria-label')) ?? '';
      assert.match(name, /0\.\d+|1\.0+/);
    });

    it('shows another layer, head and kind of attention', async () => {
      const shown = (): Promise<string | null> => map().getAttribute('aria-label');
      for (const [dropdown, value] of [
        ['Layer', '1'],
        ['Head', '2'],
      ] as const) {
        await choose(dropdown, value);
        await eventually(async () => assert.match((await shown()) ?? '', new RegExp(`${dropdown} ${value}`, 'i')));
      }
    });

    it('says what is wrong with a sentence of 500 words, and keeps the map', async () => {
      await sentence().fill('word '.repeat(500));
      await window().page.keyboard.press('Enter');
      await attention.getByRole('alert').filter({ visible: true }).first().waitFor();
      assert.ok(await map().isVisible());
    });
  });
});
