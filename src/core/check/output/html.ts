import type { Element, ElementContent, Root } from 'hast';
import { toHtml } from 'hast-util-to-html';
import { h } from 'hastscript';
import { describeProblem } from '../../problem';
import type { CheckContext, CheckDocument, CheckedReport, FailedReport } from './checkResult';
import { tallyBadges } from './htmlBadge';
import { htmlOfMarkdown } from './htmlMarkdown';
import { partSection, type PartSource } from './htmlPart';
import { HTML_STYLE } from './htmlStyle';
import { beginWords } from './lineWords';
import { reportJson, type ReportJson } from './reportJson';
import { sumOfPoints, tallyOf } from './verdictWords';

/** No script, no request: what a report contains could do nothing even if it came through. */
const POLICY = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const NOT_CHECKED = h('strong.failure', '✗ Not checked: ');

/** What remains of a report once it is written. */
interface Row {
  readonly anchor: string;
  readonly name: string;
  /** `null` when it could not be checked. */
  readonly points: { readonly points: number; readonly suggested: number } | null;
  readonly findings: readonly ElementContent[];
}

/** One page that needs no other file, for reading on a screen or on paper. */
export function html(context: CheckContext): CheckDocument {
  const rows: Row[] = [];
  const prose = remembered((text) => htmlOfMarkdown(text));
  return {
    begin: () => opening(context),
    add(result) {
      const anchor = `r${rows.length + 1}`;
      if (result.problem) {
        const message = describeProblem(result.problem);
        rows.push({
          anchor,
          name: result.name,
          points: null,
          findings: [NOT_CHECKED, { type: 'text', value: message }],
        });
        return written(failed(result, anchor, message));
      }
      const json = reportJson(result, context);
      rows.push({
        anchor,
        name: json.report,
        points: sumOfPoints(json.parts),
        findings: tallyBadges(tallyOf(json.parts)),
      });
      return written(checked(result, json, { ...context, prose }, anchor));
    },
    end: () =>
      `${rows.length === 0 ? written(h('p', 'No report was given.')) : written(summary(rows))}</main></body></html>\n`,
  };
}

/** Texts of the assignment stand in every report; there are not many of them. */
function remembered(make: (text: string) => ElementContent[]): (text: string) => ElementContent[] {
  const known = new Map<string, ElementContent[]>();
  return (text) => {
    const made = known.get(text) ?? make(text);
    known.set(text, made);
    return made;
  };
}

/** Raw nodes are formulas as KaTeX wrote them, and nothing else. */
function written(content: Element): string {
  return `${toHtml(content, { allowDangerousHtml: true })}\n`;
}

function opening({ assignment, version }: CheckContext): string {
  const head = h('head', [
    h('meta', { charset: 'utf-8' }),
    h('meta', { httpEquiv: 'Content-Security-Policy', content: POLICY }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    h('meta', { name: 'generator', content: `Drylab ${version}` }),
    h('title', `${assignment.title}: answers checked by Drylab`),
    h('style', HTML_STYLE),
  ]);
  const header = h('header', [
    h('h1', assignment.title),
    h('p.quiet', [
      'Answers checked by Drylab, by experiment. Points are suggestions. ',
      h('a', { href: '#summary' }, 'All reports'),
    ]),
  ]);
  const root: Root = { type: 'root', children: [{ type: 'doctype' }] };
  return `${toHtml(root)}\n<html lang="en">${toHtml(head)}\n<body>${toHtml(header)}\n<main>\n`;
}

function failed({ name }: FailedReport, anchor: string, message: string): Element {
  return h('section.report', { id: anchor }, [h('h2', name), h('p', [NOT_CHECKED, message])]);
}

interface HtmlContext extends CheckContext {
  readonly prose: PartSource['prose'];
}

function checked(result: CheckedReport, json: ReportJson, context: HtmlContext, anchor: string): Element {
  const prompts = new Map(
    context.assignment.questions.flatMap(({ parts }) => parts.map(({ id, prompt }) => [id, prompt])),
  );
  const { points, suggested } = sumOfPoints(json.parts);
  const sections = json.parts.map((part, index) => {
    const findings = result.parts[index];
    const answer = result.report.parts.find(({ id }) => id === part.id) ?? null;
    const source = { part, findings, answer, prompt: prompts.get(part.id) ?? '', prose: context.prose };
    return partSection(source, `${anchor}-${index + 1}`);
  });
  return h('section.report', { id: anchor }, [
    h('h2', json.report),
    h('p', [h('strong', `${suggested} of ${points} points`), ' suggested. ', ...tallyBadges(tallyOf(json.parts))]),
    ...overview(json, anchor),
    ...warnings(json),
    ...sections,
  ]);
}

function overview({ parts }: ReportJson, anchor: string): ElementContent[] {
  const rows = parts.map((part, index) =>
    h('tr', [
      h('td', h('a', { href: `#${anchor}-${index + 1}` }, part.id)),
      h('td.number', String(part.suggested)),
      h('td.number', String(part.points)),
      h('td', part.answered ? tallyBadges(tallyOf([part])) : h('span.quiet', 'not answered')),
    ]),
  );
  const { points, suggested } = sumOfPoints(parts);
  return [table(['Part', 'Suggested', 'Points', 'Findings'], rows, ['Total', suggested, points, ''])];
}

function summary(rows: readonly Row[]): Element {
  const cells = rows.map(({ anchor, name, points, findings }) =>
    h('tr', [
      h('td', h('a', { href: `#${anchor}` }, name)),
      h('td.number', points ? String(points.suggested) : '–'),
      h('td.number', points ? String(points.points) : '–'),
      h('td', [...findings]),
    ]),
  );
  const { points, suggested } = sumOfPoints(rows.flatMap((row) => row.points ?? []));
  return h('section.report', { id: 'summary' }, [
    h('h2', 'All reports'),
    table(['Report', 'Suggested', 'Points', 'Findings'], cells, ['Total', suggested, points, '']),
  ]);
}

function table(head: readonly string[], rows: readonly Element[], foot: readonly (string | number)[]): Element {
  const isNumber = (index: number): string => (index === 1 || index === 2 ? 'number' : '');
  const cell = (tag: 'th' | 'td', text: string | number, index: number): Element =>
    h(tag, { className: isNumber(index) || undefined, scope: tag === 'th' ? 'col' : undefined }, String(text));
  return h('div.scroll', [
    h('table.overview', [
      h(
        'thead',
        h(
          'tr',
          head.map((title, index) => cell('th', title, index)),
        ),
      ),
      h('tbody', [...rows]),
      h(
        'tfoot',
        h(
          'tr',
          foot.map((text, index) => cell('td', text, index)),
        ),
      ),
    ]),
  ]);
}

function warnings({ warnings: found }: ReportJson): ElementContent[] {
  if (found.length === 0) return [];
  const items = found.map((warning) => h('li', `In ${beginWords(warning)}: ${warning.message}`));
  return [h('ul.warnings', items)];
}
