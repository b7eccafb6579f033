import { francAll } from 'franc-min';
import { describeProblem, type ProblemCode, type ProblemData } from '../problem';
import type { Report, ReportWarning } from '../report/report';
import { plainWords } from './plainWords';

/** Characters that are looked at: enough to tell languages apart, few enough to cost nothing. */
const MOST_CHARACTERS = 1_500;
/** Shorter texts are in any language, and so are those that are mostly formulas. */
const FEWEST_CHARACTERS = 200;

/** What makes the findings in a report as a whole doubtful: no answers, or answers in a language that is not read. */
export function answerWarnings({ report, parts }: Report): ReportWarning[] {
  if (parts.length > 0 && parts.every(({ text }) => text.trim() === ''))
    return [warning('report.no-answers', { file: report })];
  const language = foreignLanguage(parts.map(({ text }) => text));
  return language === null ? [] : [warning('report.language', { file: report, language })];
}

function warning(code: ProblemCode, data: ProblemData): ReportWarning {
  const start = { line: 0, character: 0 };
  return { code, data, message: describeProblem({ code, data }), range: { start, end: start } };
}

/** The English name of the language that texts are in; `null` for English and where it cannot be told. */
function foreignLanguage(texts: readonly string[]): string | null {
  let words = '';
  for (const text of texts) {
    if (words.length >= MOST_CHARACTERS) break;
    const spoken = plainWords(text.slice(0, MOST_CHARACTERS)).filter((word) => /^\p{L}{2,}[.,;:!?]?$/u.test(word.text));
    words += `${spoken.map((word) => word.text).join(' ')} `;
  }
  const [likeliest] = francAll(words.slice(0, MOST_CHARACTERS), { minLength: FEWEST_CHARACTERS });
  const [code = 'und'] = likeliest ?? [];
  return code === 'und' || code === 'eng' ? null : (new Intl.DisplayNames('en', { type: 'language' }).of(code) ?? code);
}
