/**
 * Collects every text for people into l10n/bundle.l10n.json: those of the extension and the webviews, the messages of
 * problems, what core says of experiments, their figures and units, findings and assignments, and the words of their
 * schema. Lists what the translations lack: VS Code shows it in English. With --check it writes nothing and fails when
 * the bundle is stale, or when a translation has a text too many or names a placeholder that the text does not have.
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
 * @param {(source: string) => string} collectable
 */
async function scripts(folder, collectable = webviewSource) {
  const names = await readdir(folder, { recursive: true });
  const files = names.filter((name) => name.endsWith('.ts')).map((name) => join(folder, name));
  return Promise.all(files.map((file) => script(file, collectable)));
}

/**
 * @param {string} file
 * @param {(source: string) => string} collectable
 */
async function script(file, collectable) {
  return { extension: '.ts', contents: collectable(await readFile(file, 'utf8')) };
}

/**
 * Webviews say `t`, of webview/shared/host.ts, which the collector does not know.
 * @param {string} source
 */
function webviewSource(source) {
  if (!/import \{[^}]*\bt\b[^}]*\} from '[./\w]*\/host'/.test(source)) return source;
  return `import * as l10n from '@vscode/l10n';\n${source.replaceAll(/(?<![\w.])t\(/g, 'l10n.t(')}`;
}

/**
 * Core says `phrase`, and surfaces translate its templates.
 * @param {string} source
 */
function coreSource(source) {
  return `import * as l10n from '@vscode/l10n';\n${source.replaceAll(/(?<![\w.])phrase\(/g, 'l10n.t(')}`;
}

/**
 * What a module of core exports.
 * @param {string} file
 */
async function exported(file) {
  const { outputFiles } = await build({ entryPoints: [file], bundle: true, format: 'esm', write: false });
  const code = Buffer.from(outputFiles[0]?.contents ?? []).toString('base64');
  return import(`data:text/javascript;base64,${code}`);
}

/** @returns {Promise<string[]>} */
async function problemMessages() {
  const { PROBLEM_MESSAGES } = await exported('src/core/problem.ts');
  return Object.values(PROBLEM_MESSAGES);
}

/** @returns {Promise<string[]>} */
async function unitWords() {
  const { UNIT_WORDS } = await exported('src/core/experiments/units.ts');
  return UNIT_WORDS;
}

/** What the editor shows of the schema of assignments. @returns {Promise<string[]>} */
async function schemaWords() {
  /** @type {string[]} */
  const words = [];
  JSON.parse(await readFile('assignments/assignment.schema.json', 'utf8'), (key, value) => {
    if (key === 'description' && typeof value === 'string') words.push(value);
    if (key === 'enumDescriptions') words.push(...value);
    return value;
  });
  return words;
}

/** The texts by key, in the order of the alphabet. */
async function collect() {
  const collected = await getL10nJson([
    ...(await scripts('src/extension')),
    ...(await scripts('webview')),
    ...(await scripts('src/core/experiments', coreSource)),
    ...(await scripts('src/core/check', coreSource)),
    ...(await scripts('src/core/assignment', coreSource)),
    await script('src/core/figureTable.ts', coreSource),
  ]);
  const others = [...(await problemMessages()), ...(await unitWords()), ...(await schemaWords())];
  const texts = { ...collected, ...Object.fromEntries(others.map((text) => [text, text])) };
  // A table may have a column without a head.
  const said = Object.entries(texts).filter(([key]) => key !== '');
  return Object.fromEntries(said.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** @param {string} file @returns {Promise<Record<string, string>>} */
const read = async (file) => JSON.parse(await readFile(file, 'utf8'));

/**
 * Every translation with the texts that it translates.
 * @param {Texts} texts
 */
async function translations(texts) {
  const messages = Object.entries(texts).map(([key, text]) => [key, typeof text === 'string' ? text : text.message]);
  const of = async (
    /** @type {string} */ folder,
    /** @type {RegExp} */ name,
    /** @type {Record<string, string>} */ from,
  ) => (await readdir(folder)).filter((file) => name.test(file)).map((file) => ({ file: join(folder, file), from }));
  return [
    ...(await of(FOLDER, /^bundle\.l10n\.[\w-]+\.json$/, Object.fromEntries(messages))),
    ...(await of('.', /^package\.nls\.[\w-]+\.json$/, await read('package.nls.json'))),
  ];
}

/** @param {string} text */
const placeholders = (text) => new Set([...text.matchAll(/\{\w+\}/g)].map(([name]) => name));

/**
 * @param {Record<string, string>} from
 * @param {Record<string, string>} translated
 */
function faults(from, translated) {
  return Object.entries(translated).flatMap(([key, text]) => {
    const original = from[key];
    if (original === undefined) return [`has no text any more: ${key}`];
    const extra = [...placeholders(text)].filter((name) => !placeholders(original).has(name));
    return extra.length > 0 ? [`names ${extra.join(', ')}, which is not there: ${key}`] : [];
  });
}

/** @param {Texts} texts */
const format = (texts) => `${JSON.stringify(texts, null, 2)}\n`;

/** @param {Texts} texts */
async function check(texts) {
  const written = await readFile(BUNDLE, 'utf8').catch(() => '');
  const problems = written === format(texts) ? [] : [`${BUNDLE} is stale: run "npm run l10n".`];
  for (const { file, from } of await translations(texts)) {
    problems.push(...faults(from, await read(file)).map((fault) => `${file} ${fault}`));
  }
  for (const problem of problems) console.error(problem);
  if (problems.length > 0) process.exitCode = 1;
}

/** @param {Texts} texts */
async function update(texts) {
  await writeFile(BUNDLE, format(texts));
  console.log(`${Object.keys(texts).length} texts in ${BUNDLE}`);
  for (const { file, from } of await translations(texts)) {
    const translated = await read(file);
    for (const key of Object.keys(from)) if (!(key in translated)) console.log(`${file} lacks: ${key}`);
  }
}

const texts = await collect();
await (process.argv.includes('--check') ? check(texts) : update(texts));
