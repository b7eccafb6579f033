/**
 * `npm run package`: a production build as `drylab-VERSION-TARGET.vsix` for this platform, with only its native
 * runtime. `--out FILE` puts it elsewhere.
 */
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { installDependencies } from './dependencies.mjs';
import { Failure, ROOT, main, run } from './processes.mjs';

const TARGET = `${process.platform}-${process.arch}`;
// The native runtime, the models and the reader of stances have about 20, 20 and 20 MB when packed.
const LARGEST = 65e6;
const NEEDED = [
  'dist/extension.js',
  'dist/lab.js',
  'dist/cli.js',
  'README.md',
  'CHANGELOG.md',
  'LICENSE',
  'media/icon.png',
];

/** Libraries that are there twice, or are for GPUs, which Drylab does not use. */
const UNUSED_NATIVE = /libonnxruntime\.\d+\.\d+\.\d+\.dylib$|DirectML\.dll$|dxcompiler\.dll$|dxil\.dll$/;

const megabytes = (/** @type {number} */ bytes) => `${(bytes / 1e6).toFixed(bytes < 1e5 ? 3 : 1)} MB`.padStart(9);

/** The platform's native runtime, as patterns for .vscodeignore; none where it is not made, and WebAssembly does it. */
function nativeRuntime() {
  const folder = `node_modules/onnxruntime-node/bin/napi-v6/${process.platform}/${process.arch}`;
  if (!existsSync(join(ROOT, folder))) {
    console.warn(`onnxruntime-node has no native library for ${TARGET}: the package runs its models in WebAssembly.`);
    return [];
  }
  const files = readdirSync(join(ROOT, folder)).filter((file) => !UNUSED_NATIVE.test(file));
  return files.map((file) => `!${folder}/${file}`);
}

/** @throws {Failure} when a file of the models or their data is missing or not the one in the manifest */
async function checkModels() {
  const manifest = join(ROOT, 'models', 'manifest.json');
  if (!existsSync(manifest))
    throw new Failure('models/manifest.json is missing: training/README.md tells how to make the models.');
  const { models, data } = JSON.parse(await readFile(manifest, 'utf8'));
  for (const row of [...models, ...data]) {
    for (const { file, sha256 } of [row, ...Object.values(row.assets ?? {})]) {
      const path = join(ROOT, 'models', file);
      if (!existsSync(path)) throw new Failure(`models/${file} is missing, though models/manifest.json names it.`);
      const found = createHash('sha256').update(readFileSync(path)).digest('hex');
      if (found !== sha256)
        throw new Failure(`models/${file} is not the file that models/manifest.json names (SHA-256 ${found}).`);
    }
  }
}

/** @param {readonly string[]} files */
function printSizes(files) {
  /** @type {Map<string, number>} */
  const sizes = new Map();
  for (const file of files) {
    const group = file
      .split('/')
      .slice(0, file.startsWith('node_modules/') ? 2 : 1)
      .join('/');
    sizes.set(group, (sizes.get(group) ?? 0) + statSync(join(ROOT, file)).size);
  }
  for (const [group, bytes] of [...sizes].sort((a, b) => b[1] - a[1])) console.log(`${megabytes(bytes)}  ${group}`);
}

await main(async () => {
  const { values } = parseArgs({ options: { out: { type: 'string' } } });
  await installDependencies();
  await checkModels();
  await run(process.execPath, ['esbuild.mjs', '--production']);
  const missing = NEEDED.filter((file) => !existsSync(join(ROOT, file)));
  if (missing.length > 0) throw new Failure(`The package would lack ${missing.join(', ')}.`);

  const { version } = JSON.parse(await readFile(join(ROOT, 'package.json'), 'utf8'));
  const vsix = resolve(values.out ?? join(ROOT, `drylab-${version}-${TARGET}.vsix`));
  const ignoreFile = join(ROOT, 'out', 'vscodeignore');
  await mkdir(join(ROOT, 'out'), { recursive: true });
  await writeFile(ignoreFile, [await readFile(join(ROOT, '.vscodeignore'), 'utf8'), ...nativeRuntime(), ''].join('\n'));

  const vsce = (await import('@vscode/vsce')).default;
  const files = await vsce.listFiles({ cwd: ROOT, ignoreFile });
  await vsce.createVSIX({
    ...{ cwd: ROOT, target: TARGET, packagePath: vsix, ignoreFile },
    ...{ rewriteRelativeLinks: false, allowMissingRepository: true },
  });
  printSizes(files);
  const { size } = statSync(vsix);
  console.log(`${megabytes(size)}  ${vsix}, zipped, ${files.length} files`);
  if (size > LARGEST)
    throw new Failure(`The package has ${megabytes(size).trim()}, more than ${megabytes(LARGEST).trim()}.`);
});
