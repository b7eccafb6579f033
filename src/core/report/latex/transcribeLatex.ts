import { checkSize } from '../size';
import { TranscriptBuilder, type SourceFile, type Transcript } from '../transcript';
import type { Span } from '../../text';
import type { ProblemCode } from '../../problem';
import { LatexBody } from './latexBody';
import { latexNodes } from './latexNodes';
import { latexWindows } from './latexWindows';
import { LatexWriter } from './latexWriter';
import { MOST_NESTED, resolveInput } from './inputs';

/**
 * A LaTeX report with all that it takes in as Markdown. What cannot be taken in becomes a warning.
 * @param files by their paths as `resolveInput` gives them; `null` for one that lies outside of the report's folder
 * @throws Problem `file.too-large` for more than 8 MB in all, every file counted as often as it is taken in.
 */
export function transcribeLatex(main: SourceFile, files: Readonly<Record<string, string | null>>): Transcript {
  const transcriber = new LatexTranscriber(main, files);
  transcriber.writeFile(main.text);
  return transcriber.builder.build();
}

class LatexTranscriber {
  readonly builder: TranscriptBuilder;
  private readonly writer: LatexWriter;
  private readonly body: LatexBody;
  /** Paths of the files that are being read, each taken in by the one before. */
  private readonly open: string[];
  private read = 0;

  constructor(
    private readonly main: SourceFile,
    private readonly files: Readonly<Record<string, string | null>>,
  ) {
    this.builder = new TranscriptBuilder(main);
    this.writer = new LatexWriter(this.builder);
    this.body = new LatexBody(this.writer, (path, place) => this.input(path, place));
    this.open = [main.path.slice(Math.max(main.path.lastIndexOf('/'), main.path.lastIndexOf('\\')) + 1)];
  }

  writeFile(text: string): void {
    this.read += text.length;
    checkSize(this.read, this.main.path);
    const { shadow, windows, hasDocument, lastEnds } = latexWindows(text);
    const outer = this.body.enter(lastEnds);
    const isMuted = this.writer.isMuted;
    if (hasDocument) this.writer.isMuted = true;
    for (const window of windows) this.body.write(latexNodes(shadow, window));
    this.writer.isMuted = isMuted;
    this.body.enter(outer);
  }

  private input(written: string, { start, end }: Span): void {
    const path = resolveInput(written);
    const warn = (code: ProblemCode): void => {
      this.builder.warn({ code, data: { file: path ?? written.trim() } }, start, end);
    };
    const text = path !== null && Object.hasOwn(this.files, path) ? this.files[path] : undefined;
    if (path === null || text === null) return warn('report.input-outside');
    if (this.open.includes(path)) return warn('report.input-cycle');
    if (text === undefined) return warn('report.input-missing');
    if (this.open.length > MOST_NESTED) return warn('report.input-depth');
    this.open.push(path);
    this.writer.within({ path, text }, () => this.writeFile(text));
    this.open.pop();
  }
}
