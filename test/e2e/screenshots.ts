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
const FLAWED = 'report-flawed.md';
const MISCONCEPTION = '3b.m-invariance';
const SENTENCE = 'I would like to drink a glass of water.';
/** Fonts, highlights and progress have settled after this. */
const SETTLED = 1200;
/** All experiments have run, also on a busy machine. */
const CHECKED = 300_000;

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
  await window.openFile(REPORT);
  await window.command('Drylab: Open Report');
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

/** A misconception with its evidence open, after everything was measured. */
async function openFinding(window: VscodeWindow): Promise<void> {
  await window.openFile(FLAWED);
  await window.command('Drylab: Open Report');
  const report = await window.webview('report');
  await window.command('Drylab: Check Report');
  const finding = report.locator(`[data-claim="${MISCONCEPTION}"]`);
  await report.locator('#part-3b').evaluate((heading) => heading.scrollIntoView());
  await finding.getByText('misconception', { exact: true }).waitFor({ timeout: CHECKED });
  await report.locator('.check').getByRole('progressbar').waitFor({ state: 'hidden', timeout: CHECKED });
  await finding.locator('.finding-head').click();
  await finding.getByRole('button', { name: 'Show Evidence', exact: true }).click();
  await finding.getByText('Accuracy on shifted images').click();
}

async function openExperiment(window: VscodeWindow): Promise<void> {
  await window.command('Drylab: Run Experiment');
  await window.page.locator('.quick-input-widget input').first().fill('cost of attention');
  await window.page.keyboard.press('Enter');
  const panel = await window.webview('experiment');
  await panel.getByRole('figure').first().waitFor({ timeout: CHECKED });
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
    await window.command('View: Close All Editors');
    await openFinding(window);
    await shoot('finding');
    await openExperiment(window);
    await shoot('experiment');
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
