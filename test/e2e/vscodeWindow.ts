import { cp, mkdir, writeFile } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { chromium, type Browser, type Frame, type Locator, type Page } from 'playwright-core';
import type * as Chromium from '../../scripts/chromium.mjs';
import type * as Processes from '../../scripts/processes.mjs';
import type * as SampleWorkspace from '../../scripts/sampleWorkspace.mjs';
import type * as VscodeServer from '../../scripts/vscodeServer.mjs';

/** Milliseconds; generous, since a busy machine is no fault of the product. */
const TIMEOUT = 60_000;

/** The bundle of a webview, by which it is told from others. */
export type WebviewName = 'report' | 'questions' | 'attention' | 'latent' | 'experiment';

export interface WindowOptions {
  /** Files to add to the copy of the sample workspace: path to text. */
  readonly files?: Readonly<Record<string, string | Uint8Array>>;
  /** Whole folders or files to copy into the workspace. */
  readonly fixtures?: readonly string[];
  readonly settings?: Readonly<Record<string, unknown>>;
  /** A packaged extension to install, instead of running the sources. */
  readonly vsix?: string;
  readonly size?: { readonly width: number; readonly height: number };
}

/** The scripts are modules of their own, which bundling would tear from their place. */
function script<T>(name: string): Promise<T> {
  return import(pathToFileURL(resolve('scripts', `${name}.mjs`)).href) as Promise<T>;
}

/** A window of a real VS Code with Drylab, driven as a person would: by keys, clicks and what is on the screen. */
export class VscodeWindow {
  private constructor(
    readonly page: Page,
    /** Absolute path of the folder that is open. */
    readonly workspace: string,
    private readonly browser: Browser,
    private readonly server: VscodeServer.Server,
  ) {}

  /** Starts a server and a browser of its own; `close` ends both. */
  static async open({
    files = {},
    fixtures = [],
    settings = {},
    vsix,
    size,
  }: WindowOptions = {}): Promise<VscodeWindow> {
    const [{ CHROMIUM_FLAGS, installChromium }, { ROOT, temporaryFolder }, { sampleWorkspace }, vscodeServer] =
      await Promise.all([
        script<typeof Chromium>('chromium'),
        script<typeof Processes>('processes'),
        script<typeof SampleWorkspace>('sampleWorkspace'),
        script<typeof VscodeServer>('vscodeServer'),
      ]);
    const workspace = await sampleWorkspace();
    for (const fixture of fixtures) await cp(fixture, workspace, { recursive: true });
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(join(workspace, name)), { recursive: true });
      await writeFile(join(workspace, name), content);
    }
    const dataDir = join(temporaryFolder(), 'data');
    const extensionsDir = join(dataDir, 'extensions');
    await vscodeServer.writeSettings(dataDir, settings);
    if (vsix) await vscodeServer.installExtension({ vsix, extensionsDir, dataDir });
    const server = await vscodeServer.startServer({
      dataDir,
      extensionsDir,
      ...(vsix ? {} : { extensionDevelopmentPath: ROOT }),
    });
    const browser = await chromium.launch({ executablePath: await installChromium(), args: CHROMIUM_FLAGS });
    const page = await browser.newPage({ viewport: size ?? { width: 1400, height: 900 } });
    const window = new VscodeWindow(page, workspace, browser, server);
    page.setDefaultTimeout(TIMEOUT);
    await page.goto(server.url({ folder: workspace }), { waitUntil: 'commit' });
    await window.ready();
    return window;
  }

  async close(): Promise<void> {
    await this.browser.close();
    await this.server.stop();
  }

  /** Loads the window anew, letting VS Code store what it wants to find again. */
  async reload(): Promise<void> {
    const loaded = this.page.waitForEvent('domcontentloaded');
    await this.command('Developer: Reload Window');
    await loaded;
    await this.ready();
  }

  private async ready(): Promise<void> {
    await this.page.locator('.part.activitybar [aria-label*="Drylab"]').first().waitFor();
  }

  /** Runs a command by its full title through the palette, as soon as the palette has it. */
  async command(title: string): Promise<void> {
    await this.pick('F1', `>${title}`, title);
  }

  /** Opens a file of the workspace in an editor of its own, by name. */
  async openFile(name: string): Promise<void> {
    await this.pick('ControlOrMeta+P', name, name);
    await this.tab(name).first().waitFor();
    // The text, or the first cell of a notebook.
    const text = '.editor-group-container.active .monaco-editor .view-line, .notebookOverlay .monaco-editor .view-line';
    await this.page.locator(text).filter({ visible: true }).first().waitFor();
  }

  /** Opens the box on top, types, and takes the first row once it has the text. A box that closes is opened again. */
  private async pick(keys: string, input: string, row: string): Promise<void> {
    const soon = { timeout: 2000 };
    const box = this.page.locator('.quick-input-widget input').first();
    const focused = this.page.locator('.quick-input-list .monaco-list-row.focused').filter({ hasText: row }).first();
    await eventually(async () => {
      await this.page.keyboard.press(keys);
      try {
        await box.fill(input, soon);
        await focused.waitFor(soon);
      } catch (error) {
        await this.page.keyboard.press('Escape');
        throw error;
      }
    });
    await this.page.keyboard.press('Enter');
  }

  tab(name: string): Locator {
    return this.page.locator('.tabs-container .tab').filter({ hasText: name });
  }

  /** The visible webview of this kind, once its page is there. */
  async webview(name: WebviewName, timeout = TIMEOUT): Promise<Frame> {
    for (const deadline = Date.now() + timeout; Date.now() < deadline; await this.page.waitForTimeout(100)) {
      const frames = this.page.frames();
      const shown = await Promise.all(frames.map((frame) => hasBundle(frame, name)));
      const found = frames.find((frame, index) => shown[index] && !frame.isDetached());
      if (found) return found;
    }
    throw new Error(`no webview ${name} appeared within ${timeout / 1000} s`);
  }

  /** Opens the centre of notifications, since toasts come and go; gives the one that has the text. */
  async notification(text: string | RegExp): Promise<Locator> {
    await this.command('Notifications: Show Notifications');
    return this.page.locator('.notifications-center .notification-list-item').filter({ hasText: text }).first();
  }
}

/** Whether the page in a frame is that of a webview. A frame that has no page yet gives no answer by itself. */
function hasBundle(frame: Frame, name: WebviewName): Promise<boolean> {
  // The page may replace its body, and the script with it, but not its head.
  const asked = frame.evaluate(
    (bundle) => document.querySelector(`head link[href$="/dist/webview/${bundle}.css"]`) !== null,
    name,
  );
  return Promise.race([asked.catch(() => false), new Promise<boolean>((give) => setTimeout(give, 1000, false))]);
}

/**
 * Opens one window for all tests of a suite. A test that fails leaves its screen in out/failures.
 * @returns the window, within tests and hooks
 */
export function useWindow(options: () => WindowOptions | Promise<WindowOptions> = () => ({})): () => VscodeWindow {
  let opened: VscodeWindow | undefined;
  const window = (): VscodeWindow => {
    if (!opened) throw new Error('the window is open only while tests run');
    return opened;
  };
  before(async () => {
    opened = await VscodeWindow.open(await options());
  });
  afterEach(async function () {
    if (this.currentTest?.state !== 'failed' || !opened) return;
    const name = this.currentTest.fullTitle().replace(/[^\w]+/g, '-');
    await opened.page.screenshot({ path: join('out', 'failures', `${name}.png`) });
  });
  after(() => opened?.close());
  return window;
}

/** Waits until a check on something outside the page, such as a file, no longer throws. */
export async function eventually<T>(check: () => Promise<T>, timeout = TIMEOUT): Promise<T> {
  for (const deadline = Date.now() + timeout; ; await new Promise((next) => setTimeout(next, 100))) {
    try {
      return await check();
    } catch (error) {
      if (Date.now() > deadline) throw error;
    }
  }
}
