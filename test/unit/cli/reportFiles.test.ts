import assert from 'node:assert/strict';
import { mkdirSync, symlinkSync } from 'node:fs';
import { join, relative } from 'node:path';
import { reportFiles } from '../../../src/cli/check/reportFiles';
import { someFolder } from './someFolder';

/** Names from the folder, with problems in their place, and the warnings. */
async function found(
  folder: string,
  words: readonly string[] = [folder],
  isRecursive = false,
): Promise<{ names: string[]; warnings: string[] }> {
  const warnings: string[] = [];
  const inputs = await reportFiles(words, { isRecursive, warn: (message) => void warnings.push(message) });
  const names = inputs.map(({ name, problem }) => problem?.code ?? relative(folder, name).replaceAll('\\', '/'));
  return { names, warnings };
}

describe('reports that are named', () => {
  const files = {
    'b.md': '',
    'a.tex': '',
    'c.ipynb': '',
    'd.txt': '',
    'e.pdf': '',
    'a.md.drylab.json': '',
    '.hidden.md': '',
  };

  it('are the report files of a folder, by name, beside files, in the order that is given', async () => {
    const folder = someFolder({ ...files, 'sub/f.md': '', 'z/gone.csv': '' });
    const words = [join(folder, 'sub', 'f.md'), folder, join(folder, 'no.md'), join(folder, 'e.pdf')];
    assert.deepEqual(await found(folder, words), {
      names: ['sub/f.md', 'a.tex', 'b.md', 'c.ipynb', 'd.txt', 'no.md', 'e.pdf'],
      warnings: [],
    });
  });

  it('are those in folders of folders only when asked for', async () => {
    const folder = someFolder({ 'b.md': '', 'a/one.md': '', 'a/deep/two.md': '', '.git/three.md': '' });
    assert.deepEqual((await found(folder)).names, ['b.md']);
    assert.deepEqual((await found(folder, [folder], true)).names, ['a/deep/two.md', 'a/one.md', 'b.md']);
  });

  it('are told to be none in a folder without one', async () => {
    const folder = someFolder({ 'sub/a.md': '', 'x.csv': '' });
    assert.deepEqual((await found(folder)).names, ['folder.no-reports']);
  });

  it('are not looked for behind links that lead out of the folder, nowhere, or in a circle', async () => {
    const outside = someFolder({ 'secret.md': '' });
    const folder = someFolder({ 'a.md': '', 'sub/b.md': '' });
    symlinkSync(join(outside, 'secret.md'), join(folder, 'out.md'));
    symlinkSync(outside, join(folder, 'outside'));
    symlinkSync(join(folder, 'gone.md'), join(folder, 'gone-link.md'));
    symlinkSync(join(folder, 'loop2.md'), join(folder, 'loop1.md'));
    symlinkSync(join(folder, 'loop1.md'), join(folder, 'loop2.md'));
    symlinkSync(folder, join(folder, 'sub', 'up'));
    symlinkSync('a.md', join(folder, 'inside.md'));
    const flat = await found(folder);
    assert.deepEqual(flat.names, ['a.md', 'inside.md']);
    assert.equal(flat.warnings.length, 4);
    const deep = await found(folder, [folder], true);
    assert.deepEqual(deep.names, ['a.md', 'inside.md', 'sub/b.md']);
    assert.equal(deep.warnings.length, 6);
    for (const warning of deep.warnings)
      assert.match(warning, /the link leads (?:out|nowhere|to a folder).*; it is skipped\./);
  });

  it('are found once where two links lead to each other’s folders', async () => {
    const folder = someFolder({ 'a/a.md': '', 'b/b.md': '' });
    symlinkSync(join(folder, 'b'), join(folder, 'a', 'to-b'));
    symlinkSync(join(folder, 'a'), join(folder, 'b', 'to-a'));
    const { names } = await found(folder, [folder], true);
    assert.deepEqual(names, ['a/a.md', 'b/b.md']);
  });

  it('are no files that another report takes in', async () => {
    const folder = someFolder({
      'main.tex': '\\documentclass{article}\\input{parts/one}\\input{two.tex}',
      'parts/one.tex': 'x',
      'two.tex': '\\input{three}',
      'three.tex': 'x',
      'other.tex': 'x',
      'self.tex': '\\input{self}',
    });
    assert.deepEqual((await found(folder, [folder], true)).names, ['main.tex', 'other.tex', 'self.tex']);
    assert.deepEqual((await found(folder, [join(folder, 'two.tex')])).names, ['two.tex']);
  });

  it('are no folders whose names end as those of reports do', async () => {
    const folder = someFolder();
    mkdirSync(join(folder, 'x.md'));
    assert.deepEqual((await found(folder)).names, ['folder.no-reports']);
  });
});
