import type { Element } from 'hast';
import { h } from 'hastscript';
import type { Answer } from '../../report/report';
import type { PartFindings } from '../finding';
import { badge } from './htmlBadge';
import { formula, htmlOfMarkdown } from './htmlMarkdown';
import { Marks, type Mark } from './htmlMarks';
import type { ClaimJson, FormulaJson, PartJson } from './reportJson';

export interface PartSource {
  readonly part: PartJson;
  readonly findings: PartFindings | undefined;
  readonly answer: Answer | null;
  /** Markdown. */
  readonly prompt: string;
}

/** An answer with its findings marked in it, and a table of them. */
export function partSection({ part, findings, answer, prompt }: PartSource, anchor: string): Element {
  const claims = part.claims.flatMap((claim, index) =>
    claim.verdict === 'not-mentioned' ? [] : claimRow(claim, `${anchor}-${index + 1}`),
  );
  const formulas = part.formulas.filter(({ verdict }) => verdict === 'wrong').map(formulaRow);
  return h('section.part', { id: anchor }, [
    h('header', [h('h3', part.id), points(part)]),
    ...(prompt === '' ? [] : [h('details', [h('summary', 'Question'), h('div', htmlOfMarkdown(prompt))])]),
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

function claimRow({ verdict, statement, why, spans }: ClaimJson, anchor: string): Element[] {
  const lines = [...new Set(spans.map(({ start }) => start.line + 1))];
  const place = lines.length === 0 ? '' : ` ${lines.length === 1 ? 'Line' : 'Lines'} ${lines.join(', ')}.`;
  return [
    h('tr', { id: anchor }, [
      h('td', badge(verdict)),
      h('td', [...htmlOfMarkdown(statement), h('p.why', why + place)]),
    ]),
  ];
}

function formulaRow({ latex, message, range }: FormulaJson): Element {
  return h('tr', [
    h('td', badge('wrong formula')),
    h('td', [formula(latex, false), h('p.why', `${message} Line ${range.start.line + 1}.`)]),
  ]);
}
