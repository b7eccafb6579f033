import { eventually, useWindow } from './vscodeWindow';

/** Counted by hand: 784 · 32 + 32, and 16 · 1 · 3 · 3 + 16. */
const LINEAR = '25,120';
const CONVOLUTION = '160';
const SCRIPT = 'import torch.nn as nn\n\nencoder = nn.Linear(784, 32)\n';
const CELLS = [['import torch.nn as nn\n'], ['%matplotlib inline\n', 'layer = nn.Conv2d(1, 16, kernel_size=3)\n']];
const NOTEBOOK = JSON.stringify({
  cells: CELLS.map((source) => ({ cell_type: 'code', source, metadata: {}, outputs: [], execution_count: null })),
  metadata: { language_info: { name: 'python' }, kernelspec: { name: 'python3', display_name: 'Python 3' } },
  nbformat: 4,
  nbformat_minor: 5,
});

describe('hovers', () => {
  const window = useWindow(() => ({ files: { 'layers.py': SCRIPT, 'layers.ipynb': NOTEBOOK } }));

  /** The middle of a word in an editor, in pixels of the page. */
  async function placeOf(word: string): Promise<{ x: number; y: number }> {
    const line = window().page.locator('.view-line').filter({ hasText: word }).first();
    return line.evaluate((element, text) => {
      const texts = document.createTreeWalker(element, NodeFilter.SHOW_TEXT);
      for (let node = texts.nextNode(); node; node = texts.nextNode()) {
        const start = node.textContent?.indexOf(text) ?? -1;
        if (start < 0) continue;
        const range = new Range();
        range.setStart(node, start);
        range.setEnd(node, start + text.length);
        const { left, top, width, height } = range.getBoundingClientRect();
        return { x: left + width / 2, y: top + height / 2 };
      }
      throw new Error(`${text} is split over several elements`);
    }, word);
  }

  /** Points at a word until a hover with the text is shown. */
  async function hover(word: string, text: string): Promise<void> {
    const { page } = window();
    const shown = page.locator('.monaco-hover:not(.hidden)').filter({ hasText: text }).first();
    await eventually(async () => {
      const { x, y } = await placeOf(word);
      await page.mouse.move(x + 2, y);
      await page.mouse.move(x, y);
      await shown.waitFor({ timeout: 8000 }).catch(async (error: unknown) => {
        await page.mouse.move(5, 5);
        throw error;
      });
    }, 120_000);
  }

  it('tell the parameters of a layer in a script', async () => {
    await window().openFile('layers.py');
    await hover('Linear', LINEAR);
  });

  it('tell the parameters of a layer in a notebook cell, below a magic line', async () => {
    await window().openFile('layers.ipynb');
    await hover('Conv2d', CONVOLUTION);
  });

  it('lead to the question that a layer belongs to', async () => {
    await hover('Conv2d', CONVOLUTION);
    await window().page.locator('.monaco-hover:not(.hidden) a').first().waitFor();
  });
});
