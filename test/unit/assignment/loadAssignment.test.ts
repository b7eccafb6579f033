import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import fc from 'fast-check';
import { partIds } from '../../../src/core/assignment/assignment';
import { loadAssignment } from '../../../src/core/assignment/loadAssignment';
import { EXPERIMENTS } from '../../../src/core/experiments/registry';
import { errorsOf, load, SMALL, warningsOf } from './someAssignment';

const DOMAIN_CLAIMS = `
E 1.small-loses  E 1.rises  E 1.falls  E 1.stops-compressing
E 2a.any-continuous  O 2a.bounded-domain  O 2a.activation  M 2a.m-trainable
E 2b.width-blowup  E 2b.deep-fewer  O 2b.features
E 3a.spatial  E 3a.parameters  O 3a.hierarchy  E 3b.linear  E 3b.local  E 3b.shared  M 3b.m-invariance
E 4.recent  E 4.slower  E 4.stale  M 4.m-memory
E 5.gradient-shape  E 5.jacobian  E 5.error  O 5.vjp
E 6a.assumptions  E 6b.locality  E 6b.translation  M 6b.m-invariance
E 6c.few-data  E 6c.wrong-bias  O 6c.more-data
E 7a.cost  O 7a.softmax  E 7b.cost  E 7b.cheaper  E 7b.not-attention  M 7b.m-same-for-all
E 8a.meaning  E 8b.one-to-one  E 8c.context  E 8d.rows-sum-to-one
E 9a.nonnegative  E 9b.intractable  M 9b.m-q-intractable  E 9c.near-prior  O 9c.no-parameters
E 10a.not-generative  E 10b.distribution  E 10b.kl  E 10b.samples  M 10b.m-perfect`;

describe('loadAssignment', () => {
  it('fills in what may be left out', () => {
    const { questions } = load(SMALL);
    assert.equal(questions[0]?.prompt, '');
    assert.equal(questions[0]?.experiment, null);
    assert.deepEqual(questions[0]?.parts[0]?.claims[0], {
      id: '1a.because',
      kind: 'E',
      statement: 'Because.',
      predicate: null,
    });
  });

  it('takes a number for an id without quotes', () => {
    assert.equal(load(SMALL.replace("'1'", '1')).questions[0]?.id, '1');
  });

  const wrong: [string, string, string, number, string][] = [
    ['a missing key', '        points: 2\n', '', 7, 'questions[1].parts[1]: key "points" is missing'],
    [
      'an unknown key',
      'points: 2',
      'points: 2\n        colour: red',
      10,
      'questions[1].parts[1]: key "colour" is not known here; known are id, prompt, points, claims',
    ],
    ['an unknown kind', 'kind: E', 'kind: X', 12, 'questions[1].parts[1].claims[1].kind must be one of E, O, M'],
    ['points that are no number', 'points: 1.5', 'points: many', 17, 'questions[1].parts[2].points must be a number'],
    ['negative points', 'points: 1.5', 'points: -1', 17, 'questions[1].parts[2].points must be at least 0'],
    [
      'a list that is none',
      'claims: []',
      'claims: none',
      18,
      'questions[1].parts[2].claims must be a list, each entry behind a hyphen',
    ],
    [
      'an empty statement',
      'statement: Because.',
      "statement: ''",
      13,
      'questions[1].parts[1].claims[1].statement must not be empty',
    ],
    [
      'an id of another form',
      'id: small',
      'id: Very Small',
      1,
      'id cannot be "Very Small": Name of the assignment for programs: lower-case words with hyphens.',
    ],
    [
      'a cue that is too long',
      'predicate: null',
      `predicate: null\n            cues: { asserts: [${'x'.repeat(201)}] }`,
      15,
      'questions[1].parts[1].claims[1].cues.asserts[1] has 201 characters; the most is 200',
    ],
    [
      'a symbol that is no letter',
      'title: One',
      "title: One\n    symbols: { '7': [n] }",
      6,
      'questions[1].symbols: "7" cannot be a key here: write a letter, such as Q or x_1',
    ],
    [
      'an experiment that there is not',
      'title: One',
      'title: One\n    experiment: alchemy',
      6,
      `there is no experiment "alchemy": choose one of ${EXPERIMENTS.map(({ id }) => id).join(', ')}, or null`,
    ],
    [
      'a growth that is no rate',
      'predicate: null',
      'predicate: null\n            growth: quadratic',
      15,
      '"quadratic" is no growth rate: write products, powers and sums of letters, such as n^2 d',
    ],
    ['a repeated key', 'title: One', 'title: One\n    title: Two', 6, 'key "title" is given twice'],
    [
      'a claim of another part',
      '1a.because',
      '1b.because',
      11,
      'claim "1b.because" must begin with "1a.", as its part does',
    ],
    ['a part out of order', 'id: 1b', 'id: 1c', 15, 'part "1c" must have the id "1b": parts are lettered in order'],
    ['a repeated part', 'id: 1b', 'id: 1a', 15, 'part "1a" must have the id "1b": parts are lettered in order'],
  ];
  for (const [name, from, to, line, message] of wrong) {
    it(`tells of ${name} and its line`, () => {
      assert.deepEqual(errorsOf(SMALL.replace(from, to)), [[line, message]]);
    });
  }

  it('tells of repeated questions and claims', () => {
    const again = SMALL + SMALL.slice(SMALL.indexOf('  - id'));
    assert.deepEqual(errorsOf(again), [
      [19, 'question 1 is given twice'],
      [26, 'claim "1a.because" is given twice'],
    ]);
  });

  const claim = (id: string, kind: string, statement: string, cues = ''): string =>
    `          - { id: ${id}, kind: ${kind}, statement: ${statement}, predicate: null${cues} }\n`;
  const withClaims = (...claims: string[]): string => SMALL.replace('claims: []\n', `claims:\n${claims.join('')}`);

  it('tells of a misconception that is expected elsewhere', () => {
    assert.deepEqual(errorsOf(withClaims(claim('1b.m-because', 'M', 'because'))), [
      [19, 'the misconception "1b.m-because" says the same as "1a.because": it is one or the other'],
    ]);
  });

  it('tells of two overall costs of one part, unless one is a misconception', () => {
    const first = claim('1b.cost', 'E', 'It takes time', ', growth: n');
    const other = (kind: string): string => claim('1b.sum', kind, 'It takes long', ', growth: n^2');
    assert.deepEqual(errorsOf(withClaims(first, other('M'))), []);
    assert.deepEqual(errorsOf(withClaims(first, other('O'))), [
      [20, '"1b.cost" has a growth already, and an answer gives one overall cost: leave it out of "1b.sum"'],
    ]);
  });

  it('tells of cues that contradict their claim', () => {
    const cues = ', cues: { asserts: [It is red., It glows], denies: [IT  IS RED, No., So it is.] }';
    assert.deepEqual(errorsOf(withClaims(claim('1b.so', 'E', 'So it is', cues))), [
      [19, 'this cue asserts "1b.so" too: keep it on one side'],
      [19, 'this is the statement of "1b.so" itself, so it cannot deny it: remove it'],
    ]);
  });

  it('warns of what is odd, and loads it', () => {
    const cues = ', cues: { asserts: [Thus., thus, So it is.] }';
    const text = withClaims(claim('1b.so', 'E', 'So it is', cues), claim('1b.also', 'O', 'So it is.')).replace(
      'predicate: null',
      'predicate: It is measured.',
    );
    assert.deepEqual(warningsOf(text), [
      [14, 'nothing tests this: the question names no experiment, so the text alone decides "1a.because"; write null'],
      [19, 'this cue is given twice: remove one'],
      [19, 'this cue repeats the statement: write it in other words, or remove it'],
      [20, '"1b.also" says the same as "1b.so": remove one'],
    ]);
    assert.equal(load(text).questions.length, 1);
  });

  it('warns of a claim that its experiment does not decide', () => {
    const text = SMALL.replace('title: One', 'title: One\n    experiment: scalar-loss').replace(
      'predicate: null',
      'predicate: It is measured.',
    );
    const decided = '5.gradient-shape, 5.jacobian, 5.vjp';
    assert.deepEqual(warningsOf(text), [
      [
        15,
        `the experiment scalar-loss does not decide "1a.because", only ${decided}: the text alone decides it; write null`,
      ],
    ]);
  });

  it('underlines no more than the first line of what is wrong', () => {
    const loaded = loadAssignment(SMALL.replace('        points: 2\n', ''), 'a.yaml');
    assert.deepEqual('errors' in loaded && loaded.errors.map(({ range }) => range), [
      { start: { line: 6, character: 8 }, end: { line: 6, character: 14 } },
    ]);
  });

  it('tells all that is wrong, in the order of the file', () => {
    const text = SMALL.replace('title: Small\n', '').replace('points: 2', 'points: two').replace('kind: E', 'kind: Q');
    assert.deepEqual(
      errorsOf(text).map(([line]) => line),
      [1, 8, 11],
    );
  });

  it('tells where YAML is broken', () => {
    const [[line] = [0]] = errorsOf(SMALL.replace('title: One', 'title: "One'));
    assert.ok(line >= 5, `line ${line}`);
  });

  for (const [name, text] of [
    ['an empty file', ''],
    ['a text', 'Hello'],
    ['a list', '- 1\n- 2'],
    ['a file that is too large', `title: ${'x'.repeat(600_000)}`],
    ['values nested too deep', '['.repeat(100_000)],
    [
      'an alias bomb',
      `a: &a [x, x, x, x, x, x, x, x, x]\n${'bcdefgh'
        .split('')
        .map((k, i) => `${k}: &${k} [${Array(9).fill(`*${'abcdefg'[i]}`).join(', ')}]`)
        .join('\n')}`,
    ],
    ['an alias of itself', 'id: &a [*a]'],
  ] as const) {
    it(`refuses ${name}`, function () {
      this.timeout(30_000);
      assert.ok(errorsOf(text).length > 0);
    });
  }

  it('never throws', function () {
    this.timeout(30_000);
    const line = fc.constantFrom(
      ...SMALL.split('\n'),
      '  - &a',
      '*a',
      '? [',
      '|',
      '---',
      '%YAML 1.1',
      '!!binary x',
      '<<: *a',
    );
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.array(line).map((lines) => lines.join('\n')),
        ),
        (text) => {
          loadAssignment(text, 'a.yaml');
        },
      ),
    );
  });
});

describe('assignments/deep-learning.yaml', () => {
  const assignment = load(readFileSync('assignments/deep-learning.yaml', 'utf8'));
  const claims = assignment.questions.flatMap(({ parts }) => parts.flatMap((part) => part.claims));

  it('has ten questions with 21 parts', () => {
    assert.equal(assignment.questions.length, 10);
    assert.deepEqual(partIds(assignment), '1 2a 2b 3a 3b 4 5 6a 6b 6c 7a 7b 8a 8b 8c 8d 9a 9b 9c 10a 10b'.split(' '));
  });

  it('has every claim of the domain, with its kind', () => {
    const expected = DOMAIN_CLAIMS.trim().split(/\s{2,}|\n/);
    assert.deepEqual(
      claims.map(({ kind, id }) => `${kind} ${id}`),
      expected,
    );
  });

  it('leaves to the text what no experiment can decide', () => {
    const textOnly = claims.filter(({ predicate }) => predicate === null).map(({ id }) => id);
    assert.deepEqual(textOnly, [
      '2b.features',
      '3a.hierarchy',
      '5.error',
      '6a.assumptions',
      '8a.meaning',
      '9b.intractable',
    ]);
  });

  it('gives each question ten points and an experiment', () => {
    for (const { parts, experiment } of assignment.questions) {
      assert.equal(
        parts.reduce((sum, { points }) => sum + points, 0),
        10,
      );
      assert.match(experiment ?? '', /^[a-z-]+$/);
    }
  });

  it('has its formulas between dollars that pair', () => {
    const texts = assignment.questions.flatMap((q) => [q.prompt, ...q.parts.map((p) => p.prompt)]);
    for (const text of [...texts, ...claims.flatMap((c) => [c.statement, c.predicate ?? ''])]) {
      assert.equal((text.match(/\$/g) ?? []).length % 2, 0, text);
    }
  });
});
