import type { BlockContent, Nodes, PhrasingContent, Root, RowContent, Table, TableRow } from 'mdast';
import { gfmTableToMarkdown } from 'mdast-util-gfm-table';
import { mathToMarkdown } from 'mdast-util-math';
import { toMarkdown } from 'mdast-util-to-markdown';
import { parseMarkdown } from '../../markdown/parseMarkdown';
import { describeProblem } from '../../problem';
import type { CheckContext, CheckDocument, CheckedReport, FailedReport } from './checkResult';
import { oneLine, shortened } from './oneLine';
import { beginWords, lineWords } from './lineWords';
import { reportJson, type ClaimJson, type FormulaJson, type PartJson, type WarningJson } from './reportJson';
import { sumOfPoints, tallyOf, tallyWords, VERDICT_SIGNS, verdictWord } from './verdictWords';

const LONGEST_QUOTE = 160;

/** GitHub's Markdown: a section for each report with tables of its parts and their claims. */
export function markdown(context: CheckContext): CheckDocument {
  return {
    begin: () => '',
    add: (result) => `${written(result.problem ? failed(result) : checked(result, context))}\n`,
    end: () => '',
  };
}

/** Everything that comes from files goes in as text, so that the writer escapes what Markdown would read in it. */
function written(children: BlockContent[]): string {
  const root: Root = { type: 'root', children };
  return toMarkdown(root, {
    extensions: [gfmTableToMarkdown({ tablePipeAlign: false }), mathToMarkdown()],
    bullet: '-',
  });
}

function failed({ name, problem }: FailedReport): BlockContent[] {
  return [heading(1, text(name)), paragraph(strong('Not checked:'), text(` ${describeProblem(problem)}`))];
}

function checked(result: CheckedReport, context: CheckContext): BlockContent[] {
  const json = reportJson(result, context);
  const { points, suggested } = sumOfPoints(json.parts);
  return [
    heading(1, text(json.report)),
    paragraph(
      text(`${context.assignment.title}: `),
      strong(`${suggested} of ${points} points`),
      text(` suggested; ${tallyWords(tallyOf(json.parts))}.`),
    ),
    overview(json.parts),
    ...json.parts.filter(({ answered }) => answered).flatMap(partBlocks),
    ...warningBlocks(json.warnings),
  ];
}

function overview(parts: readonly PartJson[]): Table {
  const rows = parts.map((part) => [
    [text(part.id)],
    [text(`${part.suggested} of ${part.points}`)],
    [text(part.answered ? tallyWords(tallyOf([part])) : 'not answered')],
  ]);
  return table(['Part', 'Suggested', 'Findings'], rows);
}

function partBlocks({ id, points, suggested, claims, formulas }: PartJson): BlockContent[] {
  const shown = claims.filter(({ verdict }) => verdict !== 'not-mentioned');
  const wrong = formulas.filter(({ verdict }) => verdict === 'wrong');
  if (shown.length === 0 && wrong.length === 0) return [];
  const rows = [...shown.map(claimCells), ...wrong.map(formulaCells)];
  return [
    heading(2, text(`${id}: ${suggested} of ${points}`)),
    table(['Verdict', 'Claim', 'Why', 'In the answer'], rows),
  ];
}

function claimCells({ verdict, statement, why, spans }: ClaimJson): PhrasingContent[][] {
  return [
    [text(`${VERDICT_SIGNS[verdict]} ${verdictWord(verdict)}`)],
    inline(statement),
    [text(why)],
    spans.flatMap((span, index): PhrasingContent[] => [
      ...(index > 0 ? [{ type: 'html', value: '<br>' } as const] : []),
      text(`${lineWords([span])}: “${shortened(span.text, LONGEST_QUOTE)}”`),
    ]),
  ];
}

function formulaCells(finding: FormulaJson): PhrasingContent[][] {
  const { latex, message } = finding;
  const code: PhrasingContent = { type: 'inlineCode', value: shortened(latex, LONGEST_QUOTE) };
  return [[text('✗ wrong formula')], [code], [text(message)], [text(beginWords(finding))]];
}

function warningBlocks(warnings: readonly WarningJson[]): BlockContent[] {
  if (warnings.length === 0) return [];
  const items = warnings.map((warning) => ({
    type: 'listItem' as const,
    children: [paragraph(text(`${beginWords(warning)}: ${warning.message}`))],
  }));
  return [heading(2, text('Warnings')), { type: 'list', spread: false, children: items }];
}

/** A claim's statement, whose formulas stay formulas. */
function inline(statement: string): PhrasingContent[] {
  return [...parseMarkdown(statement)].flatMap(({ nodes }) => nodes.flatMap(phrasingIn));
}

function phrasingIn(node: Nodes): PhrasingContent[] {
  if (node.type === 'paragraph') return node.children.map(onOneLine);
  if ('children' in node) return node.children.flatMap(phrasingIn);
  return 'value' in node ? [text(node.value)] : [];
}

/** A table's cell has one line; raw HTML and pictures of an assignment are no business of ours. */
function onOneLine(node: PhrasingContent): PhrasingContent {
  if (node.type === 'text' || node.type === 'html') return text(node.value);
  if (node.type === 'image' || node.type === 'imageReference') return text(node.alt ?? '');
  return node;
}

function heading(depth: 1 | 2, ...children: PhrasingContent[]): BlockContent {
  return { type: 'heading', depth, children };
}

function paragraph(...children: PhrasingContent[]): { type: 'paragraph'; children: PhrasingContent[] } {
  return { type: 'paragraph', children };
}

function strong(value: string): PhrasingContent {
  return { type: 'strong', children: [text(value)] };
}

/** Blanks at the ends part it from what stands beside it. */
function text(value: string): PhrasingContent {
  return { type: 'text', value: `${/^\s/.test(value) ? ' ' : ''}${oneLine(value)}${/\s$/.test(value) ? ' ' : ''}` };
}

function table(head: readonly string[], rows: readonly PhrasingContent[][][]): Table {
  const row = (cells: readonly PhrasingContent[][]): TableRow => ({
    type: 'tableRow',
    children: cells.map((children): RowContent => ({ type: 'tableCell', children })),
  });
  return { type: 'table', children: [row(head.map((title) => [text(title)])), ...rows.map(row)] };
}
