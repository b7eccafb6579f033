import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { completionsAt, type Completion } from '../../../src/core/assignment/completions';
import { describeAt } from '../../../src/core/assignment/describe';
import { EXPERIMENTS } from '../../../src/core/experiments/registry';
import { IN_ENGLISH, sayPhrase } from '../../../src/core/explain/phrase';
import { errorsOf, SMALL } from './someAssignment';

/** A text and the offset of the `|` in it. */
function marked(text: string): [string, number] {
  const offset = text.indexOf('|');
  assert.ok(offset >= 0);
  return [text.slice(0, offset) + text.slice(offset + 1), offset];
}

const complete = (text: string): Completion[] => completionsAt(...marked(text));
const labels = (text: string): string[] => complete(text).map(({ label }) => label);

/** The text with the completion typed, and `…` where its placeholders are. */
function accepted(text: string, label: string): string {
  const [plain] = marked(text);
  const found = complete(text).find((completion) => completion.label === label);
  assert.ok(found, `${label} is offered`);
  const lineStart = plain.lastIndexOf('\n', found.span.start - 1) + 1;
  const indent = /^ */.exec(plain.slice(lineStart))?.[0] ?? '';
  const insert = found.insert
    .replace(/\$\{\d+\|([^,]+),[^}]*\}/g, '$1')
    .replace(/\$\{\d+:([^}]*)\}/g, '$1')
    .replace(/\$(\d+)/g, '…$1')
    .replaceAll('\n', `\n${indent}`);
  return plain.slice(0, found.span.start) + insert + plain.slice(found.span.end);
}

const PART = `id: a
title: A
questions:
  - id: '3'
    title: T
    parts:
      - id: 3a
        prompt: P
        points: 1
        claims:
          - id: 3a.x
            kind: E
            statement: S
            predicate: null
`;

describe('completionsAt', () => {
  it('offers the keys that are missing, those that must be there first', () => {
    assert.deepEqual(labels('|'), ['id', 'title', 'questions']);
    assert.deepEqual(labels('id: a\nti|\n'), ['title', 'questions']);
    assert.deepEqual(labels(`${PART}            |`), ['growth', 'cues']);
    assert.deepEqual(labels(PART.replace('    title: T\n', '    |\n')), ['title', 'prompt', 'experiment', 'symbols']);
  });

  it('offers keys between others, in braces, and behind a hyphen', () => {
    assert.deepEqual(labels(PART.replace('            kind: E\n', '            |\n')), ['kind', 'growth', 'cues']);
    assert.deepEqual(labels(`${PART}            cues: { asserts: [x], | }`), ['denies']);
    assert.deepEqual(labels(`${PART}          - i|`), [
      'claim',
      'id',
      'kind',
      'statement',
      'predicate',
      'growth',
      'cues',
    ]);
  });

  it('replaces what is typed of a key, and leaves its colon alone', () => {
    const [completion] = complete('id: a\nti|tl: A\n');
    assert.deepEqual(completion?.span, { start: 6, end: 10 });
    assert.equal(completion.insert, 'title');
  });

  it('offers the values of a kind, with what they mean', () => {
    const found = complete(PART.replace('kind: E', 'kind: |'));
    assert.deepEqual(
      found.map(({ label, description }) => [label, sayPhrase(description, IN_ENGLISH)]),
      [
        ['E', 'Expected: a good answer says it.'],
        ['O', 'Optional: a strong answer says it.'],
        ['M', 'Misconception: a good answer does not say it.'],
      ],
    );
  });

  it('offers experiments by their ids, or none', () => {
    const found = labels(PART.replace('title: T', 'title: T\n    experiment: |'));
    assert.deepEqual(found, [...EXPERIMENTS.map(({ id }) => id), 'null']);
    assert.deepEqual(labels(PART.replace('predicate: null', 'predicate: |')), ['null']);
  });

  it('offers the id that comes next', () => {
    assert.deepEqual(labels(`${PART}          - id: |`), ['3a.']);
    assert.deepEqual(labels(`${PART}      - id: |`), ['3b']);
    assert.deepEqual(labels(`${PART}  - id: |`), ['4']);
    assert.equal(complete(`${PART}  - id: |`)[0]?.insert, "'4'");
  });

  it('offers nothing in texts and comments', () => {
    for (const text of [
      'id: a # |',
      'title: "a |"',
      'title: >-\n  one\n  |two\n',
      `${PART}            cues:\n              asserts:\n                - It |`,
    ]) {
      assert.deepEqual(labels(text), [], text);
    }
  });

  const begun: [string, string, string][] = [
    ['a claim behind a hyphen', 'claim', `${PART}          - |`],
    ['a claim in a line of its own', 'claim', `${PART}          |`],
    ['a part', 'part', `${PART}      |`],
    ['a question', 'question', `${PART}  |`],
    ['the first question', 'question', 'id: a\ntitle: A\nquestions:\n  |'],
  ];
  for (const [name, label, text] of begun) {
    it(`begins ${name} so that the file is right`, () => {
      const whole = accepted(text, label).replace(/^(.*id: \w+\.)$/m, '$1new');
      assert.deepEqual(errorsOf(whole), [], whole);
    });
  }

  it('begins lists and cues one level deeper', () => {
    assert.equal(accepted('id: a\nquest|', 'questions'), 'id: a\nquestions:\n  - …0');
    const deeper = accepted(`${PART}          - cu|`, 'cues').slice(PART.length);
    assert.equal(
      deeper,
      '          - cues:\n              asserts:\n                - …1\n              denies:\n                - …2',
    );
  });

  it('finds keys and values wherever the built-in assignment has them', () => {
    const text = readFileSync('assignments/deep-learning.yaml', 'utf8');
    for (const key of ['kind: E', 'experiment: attention-cost']) {
      const offset = text.indexOf(key) + key.indexOf(':') + 2;
      assert.ok(
        completionsAt(text, offset).some(({ label }) => key.endsWith(` ${label}`)),
        key,
      );
    }
    const keys = [...text.matchAll(/^([ -]*)(statement|points|prompt|predicate|kind): /gm)];
    for (const { index, 1: indent = '', 2: key = '' } of keys.filter((_, place) => place % 29 === 0)) {
      const offset = index + indent.length;
      assert.ok(
        completionsAt(text, offset).some(({ label }) => label === key),
        key,
      );
    }
  });
});

describe('describeAt', () => {
  const described = (text: string): string[] | null => {
    const found = describeAt(...marked(text));
    return found && [found.title, sayPhrase(found.text, IN_ENGLISH)];
  };

  it('tells what a key means', () => {
    const [title, text] = described(PART.replace('points', 'poi|nts')) ?? [];
    assert.equal(title, 'points');
    assert.match(text ?? '', /perfect answer/);
  });

  it('tells what a value means', () => {
    assert.deepEqual(described(PART.replace('kind: E', 'kind: |E')), ['E', 'Expected: a good answer says it.']);
    const cost = described(PART.replace('title: T', 'title: T\n    experiment: attention|-cost'));
    assert.deepEqual(cost, ['attention-cost', EXPERIMENTS.find(({ id }) => id === 'attention-cost')?.title.template]);
  });

  it('is silent on texts and on keys that it does not know', () => {
    for (const text of [PART.replace('prompt: P', 'prompt: P|'), 'colour|: red', 'kind: |E', '|', '# no|thing']) {
      assert.equal(described(text), null, text);
    }
  });
});

describe('completions and descriptions', () => {
  const line = fc.constantFrom(
    ...PART.split('\n'),
    '  - &a',
    '*a',
    '? [',
    '|',
    '---',
    '%YAML 1.1',
    '<<: *a',
    '  { a: [b',
    '\t- x',
    "'",
  );
  const pieces = fc.array(line).map((lines) => lines.join('\n'));
  const cut = fc.tuple(fc.nat(PART.length), fc.nat(20)).map(([at, by]) => PART.slice(0, at) + PART.slice(at + by));

  it('never throw, and replace only what lies around the offset', function () {
    this.timeout(60_000);
    const texts = fc.oneof(fc.string({ unit: 'binary' }), pieces, cut);
    fc.assert(
      fc.property(texts, fc.nat(), (text, place) => {
        const offset = text === '' ? 0 : place % (text.length + 1);
        for (const { span } of completionsAt(text, offset)) {
          assert.ok(0 <= span.start && span.start <= offset && offset <= span.end && span.end <= text.length);
        }
        const span = describeAt(text, offset)?.span;
        assert.ok(!span || (span.start <= offset && offset <= span.end));
      }),
      { numRuns: 300 },
    );
  });

  it('never throw at any offset of a file, whole or cut', function () {
    this.timeout(60_000);
    for (const text of [SMALL, SMALL.slice(0, 200), SMALL.replaceAll('  ', '\t'), SMALL.replaceAll('\n', '\r\n')]) {
      for (let offset = -1; offset <= text.length + 1; offset++) {
        completionsAt(text, offset);
        describeAt(text, offset);
      }
    }
  });

  for (const [name, text] of [
    ['brackets', '['.repeat(100_000)],
    ['braces', '{a: '.repeat(50_000)],
    ['hyphens', '- '.repeat(50_000)],
    ['question marks', '? '.repeat(50_000)],
    ['indentation', Array.from({ length: 300 }, (_, depth) => `${' '.repeat(depth)}a:`).join('\n')],
  ] as const) {
    it(`withstand ${name} in thousands`, () => {
      completionsAt(text, text.length);
      describeAt(text, text.length);
      assert.deepEqual(errorsOf(text), [[1, 'a.yaml cannot be read: values are nested too deep']]);
    });
  }
});
