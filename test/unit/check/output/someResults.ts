/** A small assignment, reports on it, and findings made by hand. */
import type { Assignment, Claim } from '../../../../src/core/assignment/assignment';
import type { Finding, KnownEvidence, PartFindings, Verdict } from '../../../../src/core/check/finding';
import type { FormulaFinding } from '../../../../src/core/check/formulas/checkFormulas';
import type { CheckContext, CheckedReport, FailedReport } from '../../../../src/core/check/output/checkResult';
import { encodePath } from '../../../../src/core/check/output/encodePath';
import type { StanceKind } from '../../../../src/core/check/stance';
import { phrase } from '../../../../src/core/explain/phrase';
import { Problem } from '../../../../src/core/problem';
import { readReport } from '../../../../src/core/report/readReport';
import type { Span } from '../../../../src/core/text';

export function claim(id: string, kind: Claim['kind'], statement: string): Claim {
  return { id, kind, statement, predicate: 'It is measured.' };
}

export const ASSIGNMENT: Assignment = {
  id: 'small',
  title: 'A small assignment',
  questions: [
    {
      id: '1',
      title: 'Cost',
      prompt: '',
      experiment: 'attention-cost',
      parts: [
        {
          id: '1a',
          prompt: 'What does attention cost in $n$?',
          points: 4,
          claims: [
            claim('1a.cost', 'E', 'Attention costs $O(n^2 d)$.'),
            claim('1a.softmax', 'O', 'The softmax costs $O(n^2)$.'),
            claim('1a.m-linear', 'M', 'Attention is linear in $n$.'),
          ],
        },
        {
          id: '1b',
          prompt: 'And without the softmax?',
          points: 2,
          claims: [claim('1b.order', 'E', 'The product can be taken in another order.')],
        },
      ],
    },
    {
      id: '2',
      title: 'Size',
      prompt: '',
      experiment: null,
      parts: [{ id: '2', prompt: '', points: 3, claims: [claim('2.size', 'E', 'It is large.')] }],
    },
  ],
};

export const CONTEXT: CheckContext = { assignment: ASSIGNMENT, version: '1.2.3' };

export const MEASURED: KnownEvidence = {
  experiment: 'attention-cost',
  outcome: 'holds',
  effect: 1.97,
  interval: [1.9, 2.05],
  unit: '1',
  detail: phrase('The exponent is 2.'),
};

/** What to find in an answer: the words that carry it, and what comes of it. */
export interface Found {
  readonly claim: string;
  readonly stance: StanceKind;
  readonly verdict: Verdict;
  readonly words?: readonly string[];
  readonly evidence?: KnownEvidence;
}

export const REPORT = `# Homework

1. a) Attention costs $O(n^2 d)$, and *every* token looks at every other.
   So 👍 it is linear in n.

   b) No idea & <b>no</b> time.
`;

export const FOUND: readonly Found[] = [
  { claim: '1a.cost', stance: 'asserts', verdict: 'supported', words: ['costs $O(n^2 d)$', '*every* token'] },
  { claim: '1a.softmax', stance: 'silent', verdict: 'not-mentioned' },
  { claim: '1a.m-linear', stance: 'asserts', verdict: 'misconception', words: ['it is linear in n'] },
  { claim: '1b.order', stance: 'denies', verdict: 'unverified', words: ['No idea'], evidence: 'pending' },
  { claim: '2.size', stance: 'silent', verdict: 'missing', evidence: null },
];

/** A checked report: Markdown, read, with findings in it. @param wrongFormula of 1a, without its dollars */
export function checkedReport(
  name = 'reports/anna.md',
  text = REPORT,
  found: readonly Found[] = FOUND,
  { assignment = ASSIGNMENT, wrongFormula = 'n^2 d' } = {},
): CheckedReport {
  const parts = assignment.questions.flatMap((question) => question.parts);
  const report = readReport(
    name,
    text,
    parts.map(({ id }) => id),
  );
  const answers = new Map(report.parts.map((answer) => [answer.id, answer]));
  return {
    name,
    uri: encodePath(name),
    problem: null,
    report,
    sources: [text],
    warnings: report.warnings,
    parts: parts.map(({ id, points, claims }): PartFindings => {
      const answer = answers.get(id)?.text;
      return {
        part: id,
        isAnswered: answer !== undefined,
        points,
        suggested: answer === undefined ? 0 : points / 2,
        claims: claims.map((one) => finding(id, one, found, answer ?? '')),
        formulas: answer?.includes(wrongFormula) ? [wrong(wrongFormula, answer)] : [],
      };
    }),
  };
}

function finding(part: string, { id, kind, statement }: Claim, all: readonly Found[], answer: string): Finding {
  const known = all.find((one) => one.claim === id);
  if (!known) throw new Error(`nothing was found on ${id}`);
  const { stance, verdict, words = [], evidence = MEASURED } = known;
  const spans = words.map((word) => spanIn(answer, word));
  const why = phrase('It is {verdict}.', { verdict });
  return { claim: id, stance, confidence: 0.912345, spans, part, kind, statement, evidence, verdict, why };
}

function wrong(latex: string, answer: string): FormulaFinding {
  const message = phrase('It grows faster.');
  return { latex, kind: 'growth', verdict: 'wrong', message, span: spanIn(answer, latex) };
}

function spanIn(text: string, words: string): Span {
  const start = text.indexOf(words);
  if (start < 0) throw new Error(`"${words}" does not stand in "${text}"`);
  return { start, end: start + words.length };
}

export function failedReport(name = 'reports/bob.md'): FailedReport {
  return { name, uri: encodePath(name), problem: new Problem('file.missing', { file: name }) };
}

/** What a document gives for these results. */
export function written(
  make: (context: CheckContext) => {
    begin(): string;
    add(result: CheckedReport | FailedReport): string;
    end(): string;
  },
  results: readonly (CheckedReport | FailedReport)[],
  context = CONTEXT,
): string {
  const document = make(context);
  return document.begin() + results.map((result) => document.add(result)).join('') + document.end();
}
