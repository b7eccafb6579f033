import assert from 'node:assert/strict';
import { readReport } from '../../../src/core/report/readReport';

const PARTS = '1 2a 2b 3a 3b 4 5 6a 6b 6c 7a 7b 8a 8b 8c 8d 9a 9b 9c 10a 10b'.split(' ');
const ROMANS = ['', 'I', 'II', 'III', 'IV', 'V', 'VI', 'VII', 'VIII', 'IX', 'X'];

/** What stands before an answer. `letter` is empty for a question without parts. */
type Style = (number: number, letter: string, isFirst: boolean) => string;

const digit = (letter: string): number => letter.charCodeAt(0) - 96;
const roman = (letter: string): string => ['i', 'ii', 'iii', 'iv'][digit(letter) - 1] ?? '';
/** A question's number before its first part, or before its answer; then the parts alone. */
const split =
  (question: (n: number) => string, part: (letter: string) => string, gap = ' '): Style =>
  (n, letter, isFirst) =>
    `${isFirst ? question(n) + gap : ''}${letter && `${part(letter)} `}`;
/** Number and part before every answer. */
const joined =
  (mark: (n: number, letter: string) => string): Style =>
  (n, letter) =>
    `${mark(n, letter)} `;

const STYLES: Readonly<Record<string, Style>> = {
  '7. (b)': joined((n, l) => (l ? `${n}. (${l})` : `${n}.`)),
  '7. with (b) below': split(
    (n) => `${n}.`,
    (l) => `(${l})`,
  ),
  '## Question 7, ### b)': split(
    (n) => `## Question ${n}`,
    (l) => `### ${l})\n\n`,
    '\n\n',
  ),
  '### 7.b': joined((n, l) => `### ${n}${l && `.${l}`}\n\n`),
  '**7b.**': joined((n, l) => `**${n}${l}.**`),
  '***7b)***': joined((n, l) => `***${n}${l})***`),
  'Q7) with b) in the same line': split(
    (n) => `Q${n})`,
    (l) => `${l})`,
  ),
  'Q7) with b) in the next line': split(
    (n) => `Q${n})`,
    (l) => `${l})`,
    '\n',
  ),
  '7.2': joined((n, l) => (l ? `${n}.${digit(l)}` : `${n}.`)),
  '7.2.': joined((n, l) => (l ? `${n}.${digit(l)}.` : `${n}.`)),
  '### 7.2': joined((n, l) => `### ${n}${l && `.${digit(l)}`}\n\n`),
  'VII. (b)': joined((n, l) => `${ROMANS[n] ?? ''}.${l && ` (${l})`}`),
  'VII) with b) below': split(
    (n) => `${ROMANS[n] ?? ''})`,
    (l) => `${l})`,
  ),
  'Question VII': split(
    (n) => `Question ${ROMANS[n] ?? ''}`,
    (l) => `(${l})`,
    '\n\n',
  ),
  '**VII.**': split(
    (n) => `**${ROMANS[n] ?? ''}.**`,
    (l) => `**(${l})**`,
  ),
  '7. (ii)': joined((n, l) => (l ? `${n}. (${roman(l)})` : `${n}.`)),
  'VII. with (ii) below': split(
    (n) => `${ROMANS[n] ?? ''}.`,
    (l) => `(${roman(l)})`,
  ),
  '7b:': joined((n, l) => `${n}${l}:`),
  '7b -': joined((n, l) => `${n}${l} -`),
  'Question 7b:': joined((n, l) => `Question ${n}${l}:`),
  'Question 7, part b:': joined((n, l) => `Question ${n}${l && `, part ${l}`}:`),
  'Answer to question 7 (b)': joined((n, l) => `Answer to question ${n}${l && ` (${l})`}\n`),
  'Exercise 7 with (b) below': split(
    (n) => `Exercise ${n}`,
    (l) => `(${l})`,
    '\n',
  ),
  'Question 7 with Answer (b): below': split(
    (n) => `**Question ${n}**`,
    (l) => `**Answer (${l}):**`,
    '\n\n',
  ),
  '7-b)': joined((n, l) => `${n}${l && `-${l}`})`),
};

const BODIES: Readonly<Record<string, string>> = {
  '2a': 'Any continuous function,\nsee (b) below and 3.2 million others.',
  '4': 'Slower, since old gradients\ncount as much. In steps:\n\n1. first\n2. second\n\nThat is all.',
  '7b': 'It costs $O(nd^2)$. V: the values.\n\n- one\n- two\n\nSo be it.',
};

const bodyOf = (id: string): string => BODIES[id] ?? `So it is for all ${id.length} reasons, in a few words.`;

/** The answers to some parts in a style; those of one question follow one another. */
function reportIn(style: Style, parts: readonly string[], gap: string): string {
  let last = 0;
  const answers = parts.map((id) => {
    const [, number = '', letter = ''] = /^(\d+)(\w?)$/.exec(id) ?? [];
    const isFirst = Number(number) !== last;
    last = Number(number);
    return style(last, letter, isFirst) + bodyOf(id);
  });
  return `${answers.join(gap)}\n`;
}

const words = (text: string): string => text.replaceAll('\\', '').split(/\s+/).filter(Boolean).join(' ');

function assertAnswers(name: string, text: string, parts: readonly string[]): void {
  assert.deepEqual(
    readReport(name, text, PARTS).parts.map(({ id, text: found }) => [id, words(found)]),
    parts.map((id) => [id, words(bodyOf(id))]),
  );
}

const OUT_OF_ORDER = '3a 3b 1 2a 2b 10a 10b 5 7a 7b 4 6a 6b 6c 9a 9b 9c'.split(' ');

describe('numbering', () => {
  for (const [name, style] of Object.entries(STYLES)) {
    it(`${name} is understood in Markdown and plain text`, () => {
      for (const ending of ['md', 'txt']) {
        for (const gap of ['\n\n', '\n']) assertAnswers(`r.${ending}`, reportIn(style, PARTS, gap), PARTS);
      }
    });
  }

  for (const name of ['7. (b)', '**7b.**', '### 7.b', '## Question 7, ### b)', 'Question 7b:', 'VII. (b)']) {
    it(`${name} is understood with parts missing and out of order`, () => {
      assertAnswers('r.md', reportIn(STYLES[name] ?? assert.fail(), OUT_OF_ORDER, '\n\n'), OUT_OF_ORDER);
    });
  }

  it('of lists in lists is understood, with one blank too few below 10. as well', () => {
    const inner = (text: string): string => text.replaceAll('\n', '\n      ');
    let last = '';
    const lines = PARTS.map((id) => {
      const [, number = '', letter = ''] = /^(\d+)(\w?)$/.exec(id) ?? [];
      const first = number === last ? '' : `${number}.\n`;
      last = number;
      return letter
        ? `${first}   ${digit(letter)}. ${inner(bodyOf(id))}`
        : `${number}. ${bodyOf(id).replaceAll('\n', '\n   ')}`;
    });
    assertAnswers('r.md', `${lines.join('\n')}\n`, PARTS);
  });

  it('is not confused by the question before the answer', () => {
    const texts: Readonly<Record<string, string>> = {
      'in the same line':
        '7. (a) What does it cost?\n\nANSWER.\n\n7. (b) Is it attention? Explain:\n1. how\n2. why\n\nANSWER.\n',
      quoted: '> **7. (a)** What does it cost?\n\nANSWER.\n\n> **7. (b)** Is it attention?\n> Explain.\n\nANSWER.\n',
      'all at once': '## 7\n\n(a) What does it cost?\n(b) Is it attention?\n\n(a) ANSWER.\n\n(b) ANSWER.\n',
      'all at once, quoted': '> 7. a) What does it cost?\n> b) Is it attention?\n\na) ANSWER.\n\nb) ANSWER.\n',
      'with words for both':
        '**Question 7 (a):** What does it cost?\n\n**Answer:** ANSWER.\n\n**Question 7 (b):** Is it?\n\n**Answer:** ANSWER.\n',
    };
    for (const [name, text] of Object.entries(texts)) {
      const { parts } = readReport('r.md', text, ['6', '7a', '7b', '8']);
      assert.deepEqual(
        parts.map(({ id }) => id),
        ['7a', '7b'],
        name,
      );
      for (const answer of parts) assert.match(answer.text, /ANSWER\.$/, name);
    }
  });

  it('of Roman kind needs company: one letter with a point is none', () => {
    const text = '1. The keys and\n\nV. Hugo said it.\n\nX. is unknown.\n\n2. Yes.\n';
    assert.deepEqual(
      readReport('r.md', text, ['1', '2', '3', '4', '5']).parts.map(({ id }) => id),
      ['1', '2'],
    );
  });
});
