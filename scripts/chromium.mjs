/** The browser that tests drive: the system's Chromium or Chrome. Node built-ins only. */
import { existsSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { Failure, run } from './processes.mjs';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome'];
const ELSEWHERE = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
  'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
];

/** Flags with which it runs headless, in containers and as root, and asks nothing of the network. */
export const CHROMIUM_FLAGS = [
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-dev-shm-usage',
];

/**
 * @param {string} name
 * @returns {string | undefined} the first file of that name on the PATH
 */
export function onPath(name) {
  const names = process.platform === 'win32' ? [`${name}.cmd`, `${name}.exe`] : [name];
  const folders = (process.env['PATH'] ?? '').split(delimiter).filter((folder) => folder !== '');
  return folders.flatMap((folder) => names.map((file) => join(folder, file))).find((file) => existsSync(file));
}

/** @returns {string | undefined} */
export function findChromium() {
  const chosen = process.env['CHROME_PATH'];
  if (chosen) {
    if (existsSync(chosen)) return chosen;
    throw new Failure(`CHROME_PATH names ${chosen}, which does not exist.`);
  }
  return NAMES.map(onPath).find((file) => file !== undefined) ?? ELSEWHERE.find((file) => existsSync(file));
}

function isDebian() {
  return existsSync('/etc/os-release') && /\b(debian|ubuntu)\b/i.test(readFileSync('/etc/os-release', 'utf8'));
}

/**
 * Finds the browser, or installs it where that needs no question (root on Debian).
 * @returns {Promise<string>} its path
 * @throws {Failure} that says what to do
 */
export async function installChromium() {
  const found = findChromium();
  if (found) return found;
  if (!isDebian() || process.getuid?.() !== 0 || !onPath('apt-get')) {
    throw new Failure(
      'The tests need Chromium or Chrome, and none was found: install it (on Debian `sudo apt-get install chromium`) or set CHROME_PATH.',
    );
  }
  console.log('Installing Chromium (apt-get install chromium) …');
  const env = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  const quiet = ['-qq', '-o=Dpkg::Use-Pty=0'];
  await run('apt-get', [...quiet, 'update'], { env });
  await run('apt-get', [...quiet, 'install', '-y', 'chromium'], { env, stdio: ['ignore', 'ignore', 'inherit'] });
  const installed = findChromium();
  if (!installed) throw new Failure('apt-get installed chromium, but no browser is on the PATH: set CHROME_PATH.');
  return installed;
}
