import assert from 'node:assert/strict';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { Problem } from '../../../src/core/problem';
import { readInputFiles, readReportFile } from '../../../src/platform/readReportFile';

const code = (expected: string) => (thrown: unknown) => thrown instanceof Problem && thrown.code === expected;

describe('a report on disk', () => {
  let root = '';
  const path = (name: string): string => join(root, 'work', name);

  /** Files below the folder `work`, and beside it those that begin with `../`. */
  async function write(files: Readonly<Record<string, string | Uint8Array>>): Promise<void> {
    for (const [name, content] of Object.entries(files)) {
      await mkdir(dirname(path(name)), { recursive: true });
      await writeFile(path(name), content);
    }
  }

  /** Names and texts of what a report takes in. */
  async function taken(report: string): Promise<Record<string, string | null>> {
    const { files } = await readReportFile(path(report));
    const texts = Object.entries(files).map(([name, bytes]) => [name, bytes && Buffer.from(bytes).toString()] as const);
    return Object.fromEntries(texts);
  }

  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), 'drylab-inputs-'));
    await mkdir(path('.'));
  });
  afterEach(() => rm(root, { recursive: true, force: true }));

  it('comes with what it takes in, also by way of others and from the folder of the report', async () => {
    await write({
      'r.tex': '\\input{a} \\input{absent} \\input{sub/b}',
      'a.tex': '\\input{sub/c}',
      'sub/b.tex': '\\input{a} \\input{sub/b} b',
      'sub/c.tex': 'c',
    });
    assert.deepEqual(await taken('r.tex'), {
      'a.tex': '\\input{sub/c}',
      'sub/b.tex': '\\input{a} \\input{sub/b} b',
      'sub/c.tex': 'c',
    });
  });

  it('takes nothing in unless it is LaTeX', async () => {
    await write({ 'r.md': '\\input{a}', 'a.tex': 'a' });
    const { bytes, files } = await readReportFile(path('r.md'));
    assert.equal(Buffer.from(bytes).toString(), '\\input{a}');
    assert.deepEqual(files, {});
  });

  it('opens nothing outside of its folder, wherever a link leads', async () => {
    await write({
      'r.tex': '\\input{../secret} \\input{link} \\input{folder/secret} \\input{inside}',
      '../secret.tex': 'no',
      'a.tex': 'yes',
    });
    await symlink(join(root, 'secret.tex'), path('link.tex'));
    await symlink(root, path('folder'));
    await symlink(path('a.tex'), path('inside.tex'));
    assert.deepEqual(await taken('r.tex'), { 'link.tex': null, 'folder/secret.tex': null, 'inside.tex': 'yes' });
  });

  it('may itself be named by a link', async () => {
    await write({ 'r.tex': '\\input{a}', 'a.tex': 'a' });
    await symlink(path('.'), join(root, 'shortcut'));
    const { files } = await readReportFile(join(root, 'shortcut', 'r.tex'));
    assert.deepEqual(Object.keys(files), ['a.tex']);
  });

  it('takes in no folder', async () => {
    await write({ 'r.tex': '\\input{a}', 'a.tex/b.tex': 'b' });
    assert.deepEqual(await taken('r.tex'), {});
  });

  it('is refused when it is too large with all that it takes in, or when that is not UTF-8', async () => {
    await write({ 'r.tex': '\\input{a}\\input{b}', 'a.tex': 'a'.repeat(5_000_000), 'b.tex': 'b'.repeat(5_000_000) });
    await assert.rejects(readReportFile(path('r.tex')), code('file.too-large'));
    await write({ 'b.tex': Uint8Array.from([0x62, 0xe9, 0x62]) });
    await assert.rejects(readReportFile(path('r.tex')), code('file.not-utf8'));
  });

  it('is refused when it is missing, or no report by its name', async () => {
    await write({ 'r.pdf': 'x' });
    await assert.rejects(readReportFile(path('absent.tex')), code('file.missing'));
    await assert.rejects(readReportFile(path('r.pdf')), code('file.format'));
  });

  it('may be newer in an editor than on disk', async () => {
    await write({ 'r.tex': '', 'a.tex': 'a' });
    assert.deepEqual(Object.keys(await readInputFiles(path('r.tex'), '\\include{a}')), ['a.tex']);
  });
});
