/**
 * Collects every text for people into l10n/bundle.l10n.json: those of the extension and the webviews, and the
 * messages of problems. With --check it writes nothing and fails when the bundle is stale, or when a translation
 * lacks a text, has one too many, or names a placeholder that the text does not have.
 */
import { readdir, readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { getL10nJson } from '@vscode/l10n-dev';
import { build } from 'esbuild';

/** @typedef {import('@vscode/l10n-dev').l10nJsonFormat} Texts */

const FOLDER = 'l10n';
const BUNDLE = join(FOLDER, 'bundle.l10n.json');

/**
 * The files below a folder as the collector reads them.
 * @param {string} folder
 */
async function scripts(folder) {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  return Promise.all(
    files.map(async (file) => ({ extension: '.ts', contents: collectable(await readFile(file, 'utf8')) })),
  );
}

/**
 * Webviews say `t`, of webview/shared/host.ts, which the collector does not know.
 * @param {string} source
 */
function collectable(source) {
  if (!/import \{[^}]*\bt\b[^}]*\} from '[./\w]*\/host'/.test(source)) return source;
  return `import * as l10n from '@vscode/l10n';\n${source.replaceAll(/(?<![\w.])t\(/g, 'l10n.t(')}`;
}

/** @returns {Promise<string[]>} */
async function problemMessages() {
  const { outputFiles } = await build({
    entryPoints: ['src/core/problem.ts'],
    bundle: true,
    format: 'esm',
    write: false,
  });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  const { PROBLEM_MESSAGES } = await import(`data:text/javascript;base64,${code}`);
  return Object.values(PROBLEM_MESSAGES);
}

/** @param {string} text */
const placeholders = (text) => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

/**
 * What is wrong with a translation.
 * @param {Record<string, string>} texts
 * @param {Record<string, string>} translated
 */
function faults(texts, translated) {
  const missing = Object.keys(texts).filter((key) => !(key in translated));
  const extra = Object.keys(translated).filter((key) => !(key in texts));
  const wrong = Object.keys(texts).filter((key) => {
    const names = new Set(placeholders(texts[key] ?? ''));
    return key in translated && placeholders(translated[key] ?? '').some((name) => !names.has(name));
  });
  return [
    ...missing.map((key) => `lacks: ${key}`),
    ...extra.map((key) => `has no text any more: ${key}`),
    ...wrong.map((key) => `names a placeholder that is not there: ${key}`),
  ];
}

/** @param {string} file @returns {Promise<Record<string, string>>} */
const read = async (file) => JSON.parse(await readFile(file, 'utf8'));

/** The texts by key, in the order of the alphabet. */
async function collect() {
  const collected = await getL10nJson([...(await scripts('src/extension')), ...(await scripts('webview'))]);
  const texts = { ...collected, ...Object.fromEntries((await problemMessages()).map((text) => [text, text])) };
  return Object.fromEntries(Object.entries(texts).sort(([a], [b]) => (a < b ? -1 : 1)));
}

/**
 * Problems of the files in l10n/ against the texts, and of package.nls.*.json against package.nls.json.
 * @param {Texts} texts
 */
async function check(texts) {
  const written = await readFile(BUNDLE, 'utf8').catch(() => '');
  const stale = written === format(texts) ? [] : [`${BUNDLE} is stale: run "npm run l10n".`];
  const messages = Object.fromEntries(
    Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? text : text.message]),
  );
  const translations = (await readdir(FOLDER)).filter((name) => /^bundle\.l10n\.[\w-]+\.json$/.test(name));
  const manifests = (await readdir('.')).filter((name) => /^package\.nls\.[\w-]+\.json$/.test(name));
  const nls = await read('package.nls.json');
  const found = await Promise.all([
    ...translations.map(async (name) =>
      faults(messages, await read(join(FOLDER, name))).map((fault) => `${name} ${fault}`),
    ),
    ...manifests.map(async (name) => faults(nls, await read(name)).map((fault) => `${name} ${fault}`)),
  ]);
  return [...stale, ...found.flat()];
}

/** @param {Texts} texts */
const format = (texts) => `${JSON.stringify(texts, null, 2)}\n`;

const texts = await collect();
if (process.argv.includes('--check')) {
  const problems = await check(texts);
  for (const problem of problems) console.error(problem);
  process.exitCode = problems.length > 0 ? 1 : 0;
} else {
  await writeFile(BUNDLE, format(texts));
  console.log(`${Object.keys(texts).length} texts in ${BUNDLE}`);
}
