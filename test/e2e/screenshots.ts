/** Pictures of every view in every theme, wide and narrow, in out/screenshots; `npm run screenshots` runs this. */
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { eventually, VscodeWindow } from './vscodeWindow';

const FOLDER = join('out', 'screenshots');
/** By their names in the picker of colour themes: a setting alone is not obeyed for those of high contrast. */
const THEMES = {
  light: 'Light Modern',
  dark: 'Dark Modern',
  'high-contrast': 'Dark High Contrast',
  'high-contrast-light': 'Light High Contrast',
};
const SIZES = { wide: { width: 1600, height: 1000 }, narrow: { width: 760, height: 1000 } };
const REPORT = 'report-good.md';
const SENTENCE = 'I would like to drink a glass of water.';
/** Fonts, highlights and progress have settled after this. */
const SETTLED = 1200;

async function chooseTheme({ page }: VscodeWindow, theme: string): Promise<void> {
  const input = page.locator('.quick-input-widget input').first();
  // The keys of a window that has just opened may lead nowhere yet.
  await eventually(async () => {
    await page.keyboard.press('ControlOrMeta+K');
    await page.keyboard.press('ControlOrMeta+T');
    await input.waitFor({ timeout: 2000 });
  });
  await input.fill(theme);
  await page.waitForTimeout(SETTLED);
  await page.keyboard.press('Enter');
  await input.waitFor({ state: 'hidden' });
}

async function openReport(window: VscodeWindow): Promise<void> {
  const { page } = window;
  await page.locator('.explorer-folders-view .monaco-list-row').filter({ hasText: REPORT }).click({ button: 'right' });
  await page.getByRole('menuitem', { name: 'Open Report' }).click();
  const report = await window.webview('report');
  const words = report.locator('article.part[data-part="1"] .answer p').first();
  await words.click({ clickCount: 3 });
  await report.locator('.selection-button vscode-button').click();
  // The field has the focus.
  await report.locator('.new-note vscode-text-area').waitFor();
  await page.keyboard.type('Which measurement would show this?');
  await page.keyboard.press('ControlOrMeta+Enter');
  await report.locator('article.note').first().waitFor();
}

async function photograph(theme: keyof typeof THEMES, size: keyof typeof SIZES): Promise<void> {
  const window = await VscodeWindow.open({ size: SIZES[size] });
  const shoot = async (name: string): Promise<void> => {
    await window.page.waitForTimeout(SETTLED);
    const path = join(FOLDER, `${name}-${theme}-${size}.png`);
    await window.page.screenshot({ path });
    console.log(path);
  };
  try {
    await chooseTheme(window, THEMES[theme]);
    await openReport(window);
    await window.command('View: Show Drylab');
    await (await window.webview('questions')).getByRole('treeitem').first().waitFor();
    await shoot('panel');
    await window.command('View: Close Primary Side Bar');
    await shoot('report');
    const report = await window.webview('report');
    await report.locator('#part-7b').evaluate((heading) => heading.scrollIntoView());
    await shoot('report-7b');
    await window.command('Drylab: Sample AE and VAE');
    await (await window.webview('latent')).getByRole('option').first().waitFor();
    await shoot('samples');
    await window.command('Drylab: Show Attention Map');
    const attention = await window.webview('attention');
    await attention.getByRole('textbox').first().fill(SENTENCE);
    await window.page.keyboard.press('Enter');
    await attention.locator('canvas, [role="grid"]').first().waitFor();
    await shoot('attention');
  } finally {
    await window.close();
  }
}

async function photographAll(): Promise<void> {
  await mkdir(FOLDER, { recursive: true });
  const wanted = process.argv.slice(2);
  for (const theme of Object.keys(THEMES) as (keyof typeof THEMES)[]) {
    if (wanted.length > 0 && !wanted.includes(theme)) continue;
    for (const size of Object.keys(SIZES) as (keyof typeof SIZES)[]) await photograph(theme, size);
  }
}

void photographAll().then(
  () => process.exit(0),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
