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
});
