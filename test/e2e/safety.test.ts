import assert from 'node:assert/strict';
import type { Frame } from 'playwright-core';
import { useWindow } from './vscodeWindow';

/** Everything sets this global, so that one look tells whether anything ran. */
const MARK = 'drylabWasHere';
const HOSTILE = `1. Before.

   <script>window.top.${MARK} = window.${MARK} = 'script'; alert('script')</script>

   <img src="x" onerror="window.${MARK} = 'img'; alert('img')">

   <svg onload="window.${MARK} = 'svg'"><a href="javascript:window.${MARK}='svg link'">svg</a></svg>

   <iframe srcdoc="<script>parent.${MARK} = 'frame'</script>"></iframe>

   [a link](javascript:window.${MARK}='link') and [data](data:text/html,<script>alert(1)</script>) and
   [a command](command:workbench.action.closeAllEditors) and ![picture](http://127.0.0.1:9/${MARK}.png)

   $\\href{javascript:window.${MARK}='formula'}{x}$ and $\\includegraphics{http://127.0.0.1:9/${MARK}.png}$

   After.
`;

describe('a report with scripts in it', () => {
  const window = useWindow(() => ({ files: { 'hostile.md': HOSTILE } }));
  const dialogs: string[] = [];
  const requests: string[] = [];
  let report: Frame;

  before(async () => {
    const { page } = window();
    page.on('dialog', (dialog) => {
      dialogs.push(dialog.message());
      void dialog.dismiss();
    });
    page.on('request', (request) => requests.push(request.url()));
    await window().openFile('hostile.md');
    await window().command('Drylab: Open Report');
    report = await window().webview('report');
    await report.getByText('After.').waitFor();
  });

  async function assertNothingRan(): Promise<void> {
    for (const frame of window().page.frames()) {
      const mark = await frame.evaluate((name) => (globalThis as Record<string, unknown>)[name], MARK);
      assert.equal(mark, undefined, frame.url());
    }
    assert.deepEqual(dialogs, []);
    assert.deepEqual(
      requests.filter((url) => url.includes(MARK)),
      [],
    );
  }

  it('shows them as text', async () => {
    const answer = report.locator('article.part[data-part="1"] .answer');
    assert.match(await answer.innerText(), /<script>/);
    assert.equal(await answer.locator('script, iframe, img, object, embed, [onerror], [onload]').count(), 0);
    assert.equal(await answer.locator('[href], [src], [srcdoc]').count(), 0);
  });

  it('runs none of them, and loads nothing', async () => {
    await window().page.waitForTimeout(1000);
    await assertNothingRan();
  });

  it('runs none when its links are clicked', async () => {
    const tabs = await window().page.locator('.tabs-container .tab').count();
    for (const text of ['a link', 'data', 'a command']) await report.getByText(text, { exact: true }).click();
    await window().page.waitForTimeout(500);
    await assertNothingRan();
    assert.equal(await window().page.locator('.tabs-container .tab').count(), tabs, 'no command was run');
  });

  it('stands under a policy that would stop them anyway', async () => {
    const policy = await report
      .locator('meta[http-equiv="Content-Security-Policy"]')
      .evaluate((meta) => meta.getAttribute('content') ?? '');
    assert.match(policy, /default-src 'none'/);
    assert.match(policy, /script-src 'nonce-[\w-]{20,}'(;|$)/);
    assert.doesNotMatch(policy, /unsafe|\*(?![\w.-])/);
    // The policy at work: a script put into the page by hand is refused.
    const refused = report.evaluate(
      () =>
        new Promise<string>((resolve) => {
          document.addEventListener('securitypolicyviolation', (event) => resolve(event.violatedDirective));
          const script = document.createElement('script');
          script.textContent = 'window.drylabWasHere = true';
          document.body.append(script);
        }),
    );
    assert.match(await refused, /^script-src/);
    await assertNothingRan();
  });
});
