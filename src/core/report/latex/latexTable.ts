import type { TranscriptBuilder } from '../transcript';

/** Writes the bars of a Markdown table around the cells of a LaTeX one; the first row is taken for its head. */
export class LatexTable {
  private rows = 0;
  private cells = 0;
  private isOpen = false;

  constructor(
    private readonly builder: TranscriptBuilder,
    private readonly nextLine: () => void,
  ) {}

  /**
   * Begins a row before its first visible character.
   * @param gap before the first row
   * @returns whether there was a row to begin
   */
  openRow(gap: string, indent: string): boolean {
    if (this.isOpen) return false;
    if (this.rows > 0) this.nextLine();
    else if (gap !== '') this.builder.add(`${gap}${indent}`);
    this.builder.add('| ');
    [this.isOpen, this.cells] = [true, 1];
    return true;
  }

  nextCell(): void {
    this.builder.add(' | ');
    this.cells += 1;
  }

  endRow(): void {
    if (!this.isOpen) return;
    this.builder.add(' |');
    if (this.rows === 0) {
      this.nextLine();
      this.builder.add(`|${' --- |'.repeat(this.cells)}`);
    }
    this.rows += 1;
    this.isOpen = false;
  }
}
