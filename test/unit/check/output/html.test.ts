import assert from 'node:assert/strict';
import fc from 'fast-check';
import type { Element, Nodes, Root } from 'hast';
import { fromHtml } from 'hast-util-from-html';
import { select, selectAll } from 'hast-util-select';
import { toText } from 'hast-util-to-text';
import { html } from '../../../../src/core/check/output/html';
import { htmlOfMarkdown } from '../../../../src/core/check/output/htmlMarkdown';
import { ASSIGNMENT, checkedReport, CONTEXT, failedReport, FOUND, REPORT, written } from './someResults';

/** As a browser reads it. @throws AssertionError where that finds a mistake */
function page(results: Parameters<typeof written>[1], context = CONTEXT): Root {
  const errors: string[] = [];
  const tree = fromHtml(written(html, results, context), { onerror: ({ message }) => void errors.push(message) });
  assert.deepEqual(errors, []);
  return tree;
}

function texts(tree: Nodes, selector: string): string[] {
  return selectAll(selector, tree).map((element) => toText(element));
}

function elements(node: Nodes): Element[] {
  const own = node.type === 'element' ? [node] : [];
  return [...own, ...('children' in node ? node.children.flatMap(elements) : [])];
}

/** Everything that could load or run something. */
function assertHarmless(tree: Root): void {
  const found = elements(tree);
  const forbidden = ['script', 'img', 'iframe', 'object', 'embed', 'link', 'base', 'form', 'svg', 'audio', 'video'];
  assert.deepEqual(
    found.filter(({ tagName }) => forbidden.includes(tagName)).map(({ tagName }) => tagName),
    [],
  );
  for (const { properties } of found) {
    for (const [name, value] of Object.entries(properties)) {
      assert.doesNotMatch(name, /^on|^src|^style$/i);
      if (name === 'href') assert.match(String(value), /^(?:#|https?:|mailto:)/i);
    }
  }
  assert.doesNotMatch(texts(tree, 'style').join(''), /url\(|@import/);
}

describe('findings as HTML', () => {
  const tree = page([checkedReport(), failedReport('gone.md')]);

  it('is one file that loads and runs nothing', () => {
    assertHarmless(tree);
    const policy = select('meta[http-equiv="Content-Security-Policy"]', tree)?.properties.content;
    assert.match(String(policy), /^default-src 'none'/);
  });

  it('has a language, a title, and a style for light and dark and for paper', () => {
    assert.equal(select('html', tree)?.properties.lang, 'en');
    assert.equal(texts(tree, 'title')[0], 'A small assignment: answers checked by Drylab');
    const [style = ''] = selectAll('style', tree).map((element) => toText(element, { whitespace: 'pre' }));
    assert.match(style, /color-scheme: light dark/);
    assert.match(style, /@media print/);
  });

  it('shows each part with its points, its answer and a table of its findings', () => {
    const parts = selectAll('section.part', tree);
    assert.deepEqual(
      parts.map((part) => texts(part, 'header')[0]?.replace(/\s+/g, ' ')),
      ['1a 2 of 4 points', '1b 1 of 2 points', '2 0 of 3 points'],
    );
    const rows = selectAll('.findings tbody tr', parts[0]!).map((row) => texts(row, '.verdict, .why'));
    assert.deepEqual(rows, [
      ['✓ supported', 'It is supported. In line 3.'],
      ['! misconception', 'It is misconception. In line 4.'],
      ['✗ wrong formula', 'It grows faster. In line 3.'],
    ]);
    assert.match(toText(parts[2]!), /Not answered\./);
  });

  it('marks the words of a finding in the answer, with a sign that leads to it', () => {
    const mark = selectAll('.answer mark', tree).find((each) => toText(each).includes('linear'));
    assert.deepEqual(mark?.properties.className, ['v-misconception']);
    assert.equal(toText(mark!), '!it is linear in n');
    const target = String(select('a.sign', mark!)?.properties.href).slice(1);
    assert.match(toText(select(`[id="${target}"]`, tree)!), /Attention is linear/);
    assert.equal(select('a.sign', mark!)?.properties.ariaLabel, 'misconception: Attention is linear in n.');
  });

  it('marks words across emphasis and formulas, with one sign for each span', () => {
    const [answer] = selectAll('.answer', tree);
    const marked = selectAll('mark.v-supported', answer!);
    const words = marked.flatMap(({ children }) => children.filter((child) => !isSign(child)));
    // The formula is its TeX here, which is how MathML keeps it for reading aloud and copying.
    const shown = words.map((word) =>
      word.type === 'element' ? texts(word, 'annotation').join('') : toText(word).trim(),
    );
    assert.deepEqual(shown, ['costs', 'O(n^2 d)', 'every', 'token']);
    assert.equal(selectAll('a.sign', answer!).length, 3);
  });

  it('gives totals of the parts and of the reports, and names what could not be checked', () => {
    const foot = selectAll('tfoot tr', tree).map((row) => texts(row, 'td'));
    assert.deepEqual(foot, [
      ['Total', '3', '9', ''],
      ['Total', '3', '9', ''],
    ]);
    const rows = selectAll('#summary tbody tr', tree).map((row) => toText(row));
    assert.equal(rows.length, 2);
    assert.match(rows[1]!, /gone\.md.*Not checked: gone\.md: no such file/);
  });

  it('has ids that are unique, and links that lead somewhere', () => {
    const many = page([checkedReport('a.md'), checkedReport('b.md'), checkedReport('a.md')]);
    const ids = selectAll('[id]', many).map(({ properties }) => String(properties.id));
    assert.equal(new Set(ids).size, ids.length);
    const links = selectAll('a[href^="#"]', many).map(({ properties }) => String(properties.href).slice(1));
    for (const link of links) assert.ok(ids.includes(link), link);
  });

  it('is a page, too, when there is no report', () => {
    assert.match(toText(page([])), /No report was given/);
  });

  const wild = [
    '<script>alert(1)</script>',
    '<img src=x onerror=alert(1)>',
    '"><svg onload=alert(1)>',
    '</style></mark></section>',
    '&lt;b&gt; &amp;',
    "' onmouseover='alert(1)",
  ];
  for (const words of wild) {
    it(`shows ${words} as text, in words, names and ids`, () => {
      const text = REPORT.replace('No idea', words);
      const assignment = {
        ...ASSIGNMENT,
        title: words,
        questions: ASSIGNMENT.questions.map((question) => ({
          ...question,
          parts: question.parts.map((part) => ({ ...part, prompt: words })),
        })),
      };
      const found = FOUND.map((one) => (one.claim === '1b.order' ? { ...one, words: [words] } : one));
      const shown = page([checkedReport(`${words}.md`, text, found), failedReport(words)], { ...CONTEXT, assignment });
      assertHarmless(shown);
      assert.equal(texts(shown, 'h1')[0], words);
      assert.equal(texts(shown, 'h2')[0], `${words}.md`);
    });
  }

  it('shows any answer harmlessly, with all its marks within it', () => {
    const piece = fc.constantFrom(
      '<b>',
      '</div>',
      '[a](javascript:x)',
      '![](x)',
      '$\\href{javascript:x}{y}$',
      '`<i>`',
      '\n\n',
      '- ',
      '&',
      'a',
      '*',
      '$$',
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 20 }), (pieces) => {
        const text = REPORT.replace('No idea', `No idea ${pieces.join('')}`);
        assertHarmless(page([checkedReport('a.md', text)]));
      }),
      { numRuns: 50 },
    );
  });
});

describe('Markdown as HTML', () => {
  const shown = (text: string): Root => ({ type: 'root', children: htmlOfMarkdown(text) });

  it('links to the web and to mail, and nowhere else', () => {
    const tree = shown('[a](https://a.b) [b](mailto:c@d) [c](javascript:alert(1)) [d](file:///etc/passwd) [e](//x.y)');
    assert.deepEqual(
      selectAll('a', tree).map(({ properties }) => properties.href),
      ['https://a.b', 'mailto:c@d'],
    );
    assert.equal(toText(tree), 'a b c d e');
  });

  it('names pictures instead of loading them', () => {
    assert.equal(toText(shown('![a plot](plot.png)')), '[a plot (plot.png)]');
  });

  it('leaves a formula that cannot be read as it was written', () => {
    assert.equal(toText(shown('so $\\frac{1$ is')), 'so $\\frac{1$ is');
  });

  it('keeps what looks like a tag in code and in text', () => {
    assert.equal(toText(shown('a <b>c</b> `<d>`')), 'a <b>c</b> <d>');
  });
});

function isSign(node: Nodes): boolean {
  return node.type === 'element' && node.tagName === 'a';
}
