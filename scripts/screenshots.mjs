/** `npm run screenshots [-- THEME…]`: pictures of every view in light, dark and high contrast, in out/screenshots. */
import { join } from 'node:path';
import { installChromium } from './chromium.mjs';
import { installDependencies } from './dependencies.mjs';
import { ROOT, main, run } from './processes.mjs';
import { installServer } from './vscodeServer.mjs';

await main(async () => {
  await installDependencies();
  const env = { ...process.env, CHROME_PATH: await installChromium() };
  await installServer();
  await run(process.execPath, ['esbuild.mjs', '--tests']);
  await run(process.execPath, [join(ROOT, 'out', 'test', 'e2e', 'screenshots.js'), ...process.argv.slice(2)], { env });
});
