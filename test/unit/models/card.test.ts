import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table';
import { toString } from 'mdast-util-to-string';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { ModelRecord } from '../../../src/core/models/manifest';
import { MANIFEST } from './bundled';

/** The card shows six significant digits. */
const ROUNDING = 5e-6;

interface Section {
  readonly title: string;
  readonly tables: Table[];
}

function sections(markdown: string): Section[] {
  const options = { extensions: [gfmTable()], mdastExtensions: [gfmTableFromMarkdown()] };
  const found: Section[] = [];
  for (const node of fromMarkdown(markdown, options).children as RootContent[]) {
    if (node.type === 'heading' && node.depth === 2) found.push({ title: toString(node), tables: [] });
    else if (node.type === 'table') found.at(-1)?.tables.push(node);
  }
  return found;
}

/** Cells of the rows that begin with an id in code. */
function modelRows({ tables }: Section): string[][] {
  return tables
    .flatMap(({ children }) => children)
    .filter(({ children: [first] }) => first?.children.length === 1 && first.children[0]?.type === 'inlineCode')
    .map(({ children }) => children.map((cell) => toString(cell)));
}

function isShown(text: string, value: number): boolean {
  const shown = text.trim() === '' ? NaN : Number(text.replaceAll(',', ''));
  return Math.abs(shown - value) <= ROUNDING * Math.abs(value);
}

function checkMetrics(id: string, text: string, metrics: ModelRecord['metrics']): void {
  const shown = text.split('; ').filter(Boolean);
  assert.equal(shown.length > 0, Object.keys(metrics).length > 0, `${id}: ${text}`);
  for (const entry of shown) {
    const [, name = '', value = ''] = /^(\S+) (.*)$/.exec(entry) ?? [];
    assert.ok(Object.hasOwn(metrics, name), `${id} has no metric "${name}"`);
    const expected = metrics[name];
    const isSame = typeof expected === 'number' ? isShown(value, expected) : value === expected;
    assert.ok(isSame, `${id}: ${name} is ${expected}, not ${value}`);
  }
}

describe('the model card', () => {
  const card = sections(readFileSync(join(process.cwd(), 'docs', 'models.md'), 'utf8'));
  const titles = Object.values(MANIFEST.families);

  it('has a section for every family, in the order of the manifest', () => {
    const headings = card.map(({ title }) => title);
    assert.deepEqual(
      headings.filter((heading) => titles.includes(heading)),
      titles,
    );
  });

  for (const [family, title] of Object.entries(MANIFEST.families)) {
    it(`says of every model of “${title}” what the manifest says`, () => {
      const models = MANIFEST.models.filter((model) => model.family === family);
      const section = card.find((candidate) => candidate.title === title);
      assert.ok(section);
      const rows = modelRows(section);
      assert.deepEqual(
        rows.map(([id]) => id),
        models.map(({ id }) => id),
      );
      for (const [index, { id, bytes, parameters, metrics }] of models.entries()) {
        const cells = rows[index] ?? [];
        assert.equal(cells.length, 4, `${id}: ${cells.join(' | ')}`);
        const [, kilobytes = '', count = '', measured = ''] = cells;
        assert.ok(Math.abs(Number(kilobytes.replaceAll(',', '')) - bytes / 1e3) <= 0.5, `${id}: ${kilobytes} kB`);
        assert.equal(Number(count.replaceAll(',', '')), parameters, id);
        checkMetrics(id, measured, metrics);
      }
    });
  }
});
