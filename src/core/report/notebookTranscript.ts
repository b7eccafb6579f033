import { parseNotebook, type NotebookString } from '../notebook';
import { Problem } from '../problem';
import { TranscriptBuilder, type SourceFile, type Transcript } from './transcript';

/**
 * The Markdown cells of a notebook, each a paragraph of its own, with its code cells as fenced code between them. Outputs and raw
 * cells are left out.
 * @throws Problem `notebook.json`, `notebook.format`
 */
export function transcribeNotebook(main: SourceFile): Transcript {
  // An editor drops the byte order mark, and offsets must hold there as well.
  const json = main.text.replace(/^\uFEFF/, ' ');
  const { cells, language } = parseNotebook(main.path, json);
  const builder = new TranscriptBuilder(main);
  cells.forEach(({ type, source }, index) => {
    if (type !== 'markdown' && type !== 'code') return;
    if (!source) throw new Problem('notebook.format', { file: main.path, detail: `cell ${index} has no source text` });
    const text = source.map(({ value }) => value).join('');
    if (text.trim() === '') return;
    const fence = type === 'code' ? fenceAround(text) : '';
    if (fence !== '') builder.add(`${fence}${language.replace(/[^\w+#-]/g, '')}\n`);
    for (const string of source) copyString(builder, string);
    builder.add(fence === '' ? '\n\n' : `\n${fence}\n\n`);
  });
  return builder.build();
}

/** A fence that is longer than any in the code. */
export function fenceAround(code: string): string {
  let longest = 2;
  for (const [ticks] of code.matchAll(/`{3,}/g)) longest = Math.max(longest, ticks.length);
  return '`'.repeat(longest + 1);
}

const ESCAPE = /\\(?:u[0-9a-f]{4}|[^u])/giy;

/** The characters of a JSON string; each escape sequence stands for one. */
function copyString(builder: TranscriptBuilder, { start, end }: NotebookString): void {
  const json = builder.source;
  let at = start;
  while (at < end) {
    const escape = json.indexOf('\\', at);
    if (escape < 0 || escape >= end) break;
    builder.copy(at, escape);
    ESCAPE.lastIndex = escape;
    const [sequence] = ESCAPE.exec(json) ?? [''];
    if (sequence === '') return;
    at = escape + sequence.length;
    builder.stand(JSON.parse(`"${sequence}"`) as string, escape, at);
  }
  builder.copy(at, end);
}
