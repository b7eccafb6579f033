import { transcribeLatex } from './latex/transcribeLatex';
import { transcribeNotebook } from './notebookTranscript';
import { pageLines } from './pageLines';
import { transcribePlainText } from './plainText';
import type { ReportFormat } from './report';
import { TranscriptBuilder, type SourceFile, type Transcript } from './transcript';

/**
 * Texts of files that a report may take in, by their paths from its folder (see `resolveInput`); `null` for a file that
 * lies outside of it.
 */
export type FurtherFiles = Readonly<Record<string, string | null>>;

/** A report's source as Markdown. @throws Problem `notebook.json`, `notebook.format`, `file.too-large` */
export function transcribe(format: ReportFormat, main: SourceFile, files: FurtherFiles): Transcript {
  switch (format) {
    case 'latex':
      return transcribeLatex(main, files);
    case 'notebook':
      return transcribeNotebook(main);
    case 'text':
      return transcribePlainText(main);
    case 'markdown':
      return transcribeMarkdown(main);
  }
}

function transcribeMarkdown(main: SourceFile): Transcript {
  const builder = new TranscriptBuilder(main);
  let done = 0;
  for (const { start, end } of pageLines(main.text)) {
    builder.copy(done, start);
    done = end;
  }
  builder.copy(done, main.text.length);
  return builder.build();
}
