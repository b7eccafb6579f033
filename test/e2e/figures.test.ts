import assert from 'node:assert/strict';
import { mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { csvParseRows } from 'd3-dsv';
import * as esbuild from 'esbuild';
import { decode } from 'fast-png';
import { chromium, type Browser, type Locator, type Page } from 'playwright-core';
import type * as Chromium from '../../scripts/chromium.mjs';
import { IN_ENGLISH, sayPhrase } from '../../src/core/explain/phrase';
import { figureTable, type TableCell } from '../../src/core/figureTable';
import type * as Html from '../../src/extension/webviews/webviewHtml';
import { figureCsv } from '../../webview/shared/figures/figureCsv';
import { numberText } from '../../webview/shared/figures/numberText';
import { SOME_FIGURES } from '../unit/figures/someFigures';

const ORIGIN = 'http://figures.test';
const KINDS = Object.keys(SOME_FIGURES) as (keyof typeof SOME_FIGURES)[];
/** What the drawing of a kind must have at least, to be one. */
const PARTS: Record<keyof typeof SOME_FIGURES, Readonly<Record<string, number>>> = {
  lines: { '[aria-label="line"] path': 2, '[aria-label="area"] path': 1, text: 6 },
  bars: { '[aria-label="rect"] rect': 3, '[aria-label="link"] path': 6, text: 8 },
  scatter: { '[aria-label="dot"] > *': 3, text: 6 },
  heatmap: { rect: 6, text: 7 },
  matrix: { 'tbody tr': 2, 'tbody td.number': 2 },
  images: { image: 2, text: 2 },
};

/** The page that every webview gets, with the policy that it gets; only its address is another. */
async function webviewPage(folder: string): Promise<string> {
  const outfile = join(folder, 'webviewHtml.mjs');
  const stub = `export const l10n = {}, env = { language: 'en' };
    export const Uri = { joinPath: (base, ...parts) => [base, ...parts].join('/') };`;
  await esbuild.build({
    entryPoints: ['src/extension/webviews/webviewHtml.ts'],
    bundle: true,
    platform: 'node',
    format: 'esm',
    outfile,
    plugins: [
      {
        name: 'vscode',
        setup(build) {
          build.onResolve({ filter: /^vscode$/ }, () => ({ path: 'vscode', namespace: 'stub' }));
          build.onLoad({ filter: /.*/, namespace: 'stub' }, () => ({ contents: stub }));
        },
      },
    ],
  });
  const { webviewHtml } = (await import(pathToFileURL(outfile).href)) as typeof Html;
  type Given = Parameters<typeof webviewHtml>;
  const webview = { cspSource: ORIGIN, asWebviewUri: (uri: unknown) => uri } as unknown as Given[0];
  return webviewHtml(webview, ORIGIN as unknown as Given[1], 'experiment');
}

async function bundle(folder: string): Promise<void> {
  await esbuild.build({
    stdin: {
      contents: `import './webview/shared/base.css'; import './test/e2e/figuresPage';`,
      resolveDir: resolve('.'),
    },
    bundle: true,
    platform: 'browser',
    target: 'chrome128',
    format: 'iife',
    outfile: join(folder, 'dist', 'webview', 'experiment.js'),
    loader: { '.ttf': 'file' },
    assetNames: '[name]',
    logLevel: 'warning',
  });
}

describe('figures in a webview', function () {
  let browser: Browser;
  let page: Page;
  const problems: string[] = [];
  const view = (kind: string): Locator => page.locator(`figure[data-kind="${kind}"]`);

  before(async () => {
    const folder = await mkdtemp(join(tmpdir(), 'drylab-figures-'));
    const [html] = await Promise.all([webviewPage(folder), bundle(folder)]);
    const scripts = pathToFileURL(resolve('scripts', 'chromium.mjs')).href;
    const { CHROMIUM_FLAGS, installChromium } = (await import(scripts)) as typeof Chromium;
    browser = await chromium.launch({ executablePath: await installChromium(), args: CHROMIUM_FLAGS });
    page = await browser.newPage({ viewport: { width: 800, height: 900 } });
    page.on('console', (message) => problems.push(message.text()));
    page.on('pageerror', (error) => problems.push(String(error.stack)));
    await page.route('**/*', (route) => {
      const { pathname } = new URL(route.request().url());
      if (pathname === '/') return route.fulfill({ contentType: 'text/html', body: html });
      return pathname === '/favicon.ico'
        ? route.fulfill({ status: 204 })
        : route.fulfill({ path: join(folder, pathname) });
    });
    await page.addInitScript(() => {
      const api = { postMessage: () => undefined, getState: () => undefined, setState: () => undefined };
      const violations: string[] = [];
      Object.assign(window, { acquireVsCodeApi: () => api, violations });
      document.addEventListener('securitypolicyviolation', (event) => violations.push(event.violatedDirective));
    });
    await page.goto(`${ORIGIN}/`);
    await view('images').locator('svg').waitFor();
  });

  after(() => browser.close());

  for (const kind of KINDS) {
    it(`draws ${kind}`, async () => {
      for (const [selector, least] of Object.entries(PARTS[kind])) {
        const count = await view(kind).locator(selector).count();
        assert.ok(count >= least, `${count} × ${selector}`);
      }
      const { title, description } = SOME_FIGURES[kind];
      if (kind !== 'matrix') {
        const label = `${sayPhrase(title, IN_ENGLISH)}. ${sayPhrase(description, IN_ENGLISH)}`;
        assert.equal(await view(kind).locator('svg[role="img"]').getAttribute('aria-label'), label);
      }
    });

    it(`tells the numbers of ${kind} in a table`, async () => {
      if (kind !== 'matrix') await view(kind).locator('summary').click();
      await view(kind).locator('table').waitFor();
      const shown = await view(kind)
        .locator('table tr')
        .evaluateAll((rows) => rows.map((row) => [...row.children].map((cell) => cell.textContent)));
      const { columns, rows } = figureTable(SOME_FIGURES[kind]);
      const text = (cell: TableCell): string =>
        typeof cell === 'number'
          ? numberText(cell)
          : typeof cell === 'object' && cell
            ? sayPhrase(cell, IN_ENGLISH)
            : (cell ?? '');
      assert.deepEqual(
        shown,
        [columns, ...rows].map((row) => row.map(text)),
      );
    });

    it(`exports ${kind} as PNG, SVG and CSV`, async () => {
      const files = await exported(kind);
      assert.deepEqual(
        csvParseRows(files.csv.toString()),
        csvParseRows(figureCsv(figureTable(SOME_FIGURES[kind]), IN_ENGLISH)),
      );
      const png = decode(files.png);
      assert.equal(png.width, 1440);
      const levels = new Set<number>();
      for (let i = 0; i < png.data.length; i += png.channels) levels.add(png.data[i] ?? 0);
      assert.ok(levels.size > 10, 'more than a background');
      const svg = files.svg.toString();
      assert.ok(svg.includes(sayPhrase(SOME_FIGURES[kind].title, IN_ENGLISH)));
      assert.doesNotMatch(svg, /<style|var\(|href="(?!data:)/);
    });
  }

  async function exported(kind: string): Promise<Record<'png' | 'svg' | 'csv', Buffer>> {
    const files: Record<string, Buffer> = {};
    for (const ending of ['PNG', 'SVG', 'CSV']) {
      await view(kind).locator('.save > button').click();
      await view(kind).getByRole('menuitem', { name: ending }).click();
      // Not `waitForFunction` with a string, which the policy forbids to evaluate.
      await page.waitForFunction(() => (window as Window & { saved?: unknown[] }).saved?.length === 1);
      const [file] = await page.evaluate<{ kind: string; name: string; bytes: number[] }[]>('saved.splice(0)');
      assert.match(file?.name ?? '', new RegExp(`^[a-z0-9-]+\\.${ending.toLowerCase()}$`));
      files[file?.kind ?? ''] = Buffer.from(file?.bytes ?? []);
    }
    return { png: Buffer.alloc(0), svg: Buffer.alloc(0), csv: Buffer.alloc(0), ...files };
  }

  it('fit any width from 280 pixels', async () => {
    for (const width of [280, 520, 900]) {
      await page.setViewportSize({ width, height: 900 });
      for (const kind of KINDS.filter((one) => one !== 'matrix')) {
        await page.waitForFunction(
          ([selector, wanted]) => document.querySelector(selector)?.getAttribute('width') === String(wanted),
          [`figure[data-kind="${kind}"] svg`, width] as const,
        );
      }
      const overflow = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      assert.ok(overflow <= 0, `${overflow} pixels too wide at ${width}`);
    }
  });

  it('follow the theme', async () => {
    await page.evaluate(() => {
      document.documentElement.style.setProperty('--vscode-editor-background', '#000000');
      document.documentElement.style.setProperty('--vscode-foreground', '#fafafa');
      document.documentElement.style.setProperty('--vscode-charts-blue', '#3794ff');
    });
    await view('lines').locator('[aria-label="line"][stroke="#3794ff"]').waitFor();
    await view('bars').locator('text[fill="#fafafa"]').first().waitFor();
  });

  it('tell what is under the pointer', async () => {
    const box = await view('heatmap').locator('svg rect').first().boundingBox();
    assert.ok(box);
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    assert.equal(await page.locator('.hover-card').innerText(), 'une × a\n0.75');
    await page.mouse.move(0, 0);
    await page.locator('.hover-card').waitFor({ state: 'hidden' });
  });

  it('open and close the menu by keys', async () => {
    await view('bars').locator('.save > button').focus();
    await page.keyboard.press('Enter');
    await page.keyboard.press('ArrowDown');
    assert.equal(await page.evaluate(() => document.activeElement?.textContent), 'Export SVG…');
    await page.keyboard.press('Escape');
    await view('bars').locator('.save-menu').waitFor({ state: 'hidden' });
  });

  it('keep to the policy of the page', async () => {
    assert.deepEqual(await page.evaluate('violations'), []);
    assert.deepEqual(problems, []);
    // The policy is there and works.
    await page.evaluate(() => {
      const style = document.createElement('style');
      style.textContent = 'a {}';
      document.body.append(style);
    });
    // The browser tells of it a moment later.
    for (let turns = 0; turns < 100 && (await page.evaluate('violations.length')) === 0; turns++) {
      await new Promise((wake) => setTimeout(wake, 20));
    }
    assert.deepEqual(await page.evaluate('violations'), ['style-src-elem']);
  });
});
