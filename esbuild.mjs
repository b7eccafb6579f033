// Builds every bundle into dist/ (the product) and, with --tests, the test and benchmark files into out/.
import { cp, mkdir, readdir, rm, writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import * as esbuild from 'esbuild';

const watch = process.argv.includes('--watch');
const tests = process.argv.includes('--tests');
const production = process.argv.includes('--production');

const shared = {
  bundle: true,
  sourcemap: production ? false : 'linked',
  minify: production,
  logLevel: 'warning',
  metafile: true,
  legalComments: 'none',
};

const node = {
  ...shared,
  platform: 'node',
  target: 'node20',
  format: 'cjs',
  // The bundled lexers and parsers are published as ES modules with a CommonJS twin; one copy is enough.
  mainFields: ['module', 'main'],
  external: ['vscode', 'onnxruntime-node', 'onnxruntime-web', 'playwright-core', 'mocha', 'esbuild'],
};

const browser = {
  ...shared,
  platform: 'browser',
  target: 'chrome128',
  format: 'iife',
  loader: { '.ttf': 'file', '.woff2': 'file', '.woff': 'empty', '.svg': 'dataurl' },
  assetNames: '[name]',
};

const WEBVIEWS = ['report', 'questions', 'attention', 'latent', 'experiment'];

/** Every *.test.ts and *.bench.ts below a folder, keeping the folders in the output. */
async function filesBelow(folder, ending) {
  const entries = await readdir(folder, { recursive: true }).catch(() => []);
  return entries.filter((entry) => entry.endsWith(ending)).map((entry) => join(folder, entry));
}

async function builds() {
  const product = [
    { ...node, entryPoints: ['src/extension/extension.ts'], outdir: 'dist' },
    { ...node, entryPoints: { lab: 'src/lab/main.ts' }, outdir: 'dist' },
    { ...node, entryPoints: { cli: 'src/cli/main.ts' }, outdir: 'dist', banner: { js: '#!/usr/bin/env node' } },
    {
      ...browser,
      entryPoints: Object.fromEntries(WEBVIEWS.map((name) => [name, `webview/${name}/main.ts`])),
      outdir: 'dist/webview',
    },
  ];
  if (!tests) return product;
  const testFiles = [
    ...(await filesBelow('test', '.test.ts')),
    'test/host/index.ts',
    'test/e2e/screenshots.ts',
    ...(await filesBelow('bench', '.bench.ts')),
    ...(await filesBelow('bench', '.host.ts')),
  ];
  return [
    ...product,
    {
      ...node,
      entryPoints: testFiles,
      outbase: '.',
      outdir: 'out',
      inject: ['test/propertySeed.ts'],
      sourcemap: 'inline',
    },
  ];
}

/** What a bundle of one layer must never contain (docs/architecture.md), checked on the bundle's own list of inputs. */
const NEVER_INSIDE = {
  'dist/extension.js': [/^src\/cli\//, /^src\/lab\/main/, /^webview\//, /onnxruntime/],
  'dist/cli.js': [/^src\/extension\//, /^src\/lab\/main/, /^webview\//, /onnxruntime/],
  'dist/lab.js': [/^src\/extension\//, /^src\/cli\//, /^webview\//],
};

function checkLayers(metafile) {
  for (const [output, { inputs }] of Object.entries(metafile.outputs)) {
    const forbidden = output.startsWith('dist/webview/')
      ? [/^src\/(extension|cli|lab|platform)\//]
      : NEVER_INSIDE[output];
    for (const input of Object.keys(inputs)) {
      if (forbidden?.some((pattern) => pattern.test(input))) throw new Error(`${output} must not contain ${input}`);
    }
  }
}

/** The WebAssembly build of onnxruntime, for machines on which the native one does not load. */
async function copyRuntime() {
  const from = 'node_modules/onnxruntime-web/dist';
  await mkdir('dist/wasm', { recursive: true });
  for (const file of ['ort.node.min.js', 'ort-wasm-simd-threaded.mjs', 'ort-wasm-simd-threaded.wasm']) {
    await cp(join(from, file), join('dist/wasm', file));
  }
}

await rm('dist', { recursive: true, force: true });
if (tests) for (const folder of ['out/test', 'out/bench']) await rm(folder, { recursive: true, force: true });
for (const options of await builds()) {
  if (watch) {
    const context = await esbuild.context(options);
    await context.watch();
    continue;
  }
  const { metafile } = await esbuild.build(options);
  checkLayers(metafile);
  await mkdir('out/meta', { recursive: true });
  const name = relative('.', Object.keys(metafile.outputs)[0]).replaceAll('/', '-');
  await writeFile(`out/meta/${name}.json`, JSON.stringify(metafile));
}
await copyRuntime();
