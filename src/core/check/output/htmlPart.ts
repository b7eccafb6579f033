import type { Element, ElementContent } from 'hast';
import { h } from 'hastscript';
import type { Answer } from '../../report/report';
import type { PartFindings } from '../finding';
import { badge } from './htmlBadge';
import { formula, htmlOfMarkdown } from './htmlMarkdown';
import { Marks, type Mark } from './htmlMarks';
import { beginWords, lineWords } from './lineWords';
import type { ClaimJson, FormulaJson, PartJson } from './reportJson';

export interface PartSource {
  readonly part: PartJson;
  readonly findings: PartFindings | undefined;
  readonly answer: Answer | null;
  /** Markdown. */
  readonly prompt: string;
  /** Makes Markdown of the assignment HTML. */
  prose(markdown: string): ElementContent[];
}

/** An answer with its findings marked in it, and a table of them. */
export function partSection({ part, findings, answer, prompt, prose }: PartSource, anchor: string): Element {
  const claims = part.claims.flatMap((claim, index) =>
    claim.verdict === 'not-mentioned' ? [] : claimRow(claim, prose(claim.statement), `${anchor}-${index + 1}`),
  );
  const formulas = part.formulas.filter(({ verdict }) => verdict === 'wrong').map(formulaRow);
  return h('section.part', { id: anchor }, [
    h('header', [h('h3', part.id), points(part)]),
    ...(prompt === '' ? [] : [h('details', [h('summary', 'Question'), h('div', prose(prompt))])]),
    shownAnswer(part, findings, answer, anchor),
    ...(claims.length + formulas.length > 0 ? [findingsTable([...claims, ...formulas])] : []),
  ]);
}

function points({ suggested, points: most }: PartJson): Element {
  return h('span.points', [h('strong', String(suggested)), ` of ${most} points`]);
}

function shownAnswer(
  { answered }: PartJson,
  findings: PartFindings | undefined,
  answer: Answer | null,
  anchor: string,
): Element {
  if (!answered || !answer) return h('p.quiet', 'Not answered.');
  const marks = findings?.claims.flatMap(({ spans, verdict, statement }, index): Mark[] =>
    spans.map((span) => ({ ...span, verdict, statement, target: `${anchor}-${index + 1}` })),
  );
  return h('div.answer', htmlOfMarkdown(answer.text, new Marks(marks ?? [])));
}

function findingsTable(rows: readonly Element[]): Element {
  const head = ['Verdict', 'Claim and reason'].map((title) => h('th', { scope: 'col' }, title));
  return h('table.findings', [h('thead', h('tr', head)), h('tbody', [...rows])]);
}

function claimRow({ verdict, why, spans }: ClaimJson, statement: ElementContent[], anchor: string): Element[] {
  const place = spans.length === 0 ? '' : ` In ${lineWords(spans)}.`;
  return [h('tr', { id: anchor }, [h('td', badge(verdict)), h('td', [...statement, h('p.why', why + place)])])];
}

function formulaRow(finding: FormulaJson): Element {
  const { latex, message } = finding;
  return h('tr', [
    h('td', badge('wrong formula')),
    h('td', [formula(latex, false), h('p.why', `${message} In ${beginWords(finding)}.`)]),
  ]);
}
