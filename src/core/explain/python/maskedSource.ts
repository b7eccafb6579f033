/** Magics that run the rest of their cell as Python; all others make the cell something else. */
const PYTHON_CELL_MAGICS = new Set(['capture', 'prun', 'time', 'timeit']);

const isDigit = (c: string): boolean => c >= '0' && c <= '9';
const isWord = (c: string): boolean =>
  isDigit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || c === '_' || c > '\x7f';
const isLineEnd = (c: string): boolean => c === '\n' || c === '\r';

/** Walks over Python text token by token, far enough to know where statements begin and where numbers are. */
class Masker {
  private at = 0;
  private depth = 0;
  private statementStart = true;
  private output = '';
  private copied = 0;

  constructor(private readonly text: string) {}

  mask(): string {
    while (this.at < this.text.length) this.step();
    return this.output + this.text.slice(this.copied);
  }

  private peek(ahead = 0): string {
    return this.text[this.at + ahead] ?? '';
  }

  private step(): void {
    const c = this.peek();
    if (isLineEnd(c)) {
      if (this.depth === 0) this.statementStart = true;
      this.at++;
    } else if (c === ' ' || c === '\t' || c === '\f' || c === '\ufeff') this.at++;
    else if (c === '#') this.skipLine();
    else if (this.statementStart && (c === '%' || c === '!' || c === '?')) this.magic();
    else this.token(c);
  }

  private token(c: string): void {
    this.statementStart = false;
    if (c === '"' || c === "'") this.string(c);
    else if (isDigit(c)) this.number();
    else if (isWord(c)) while (isWord(this.peek())) this.at++;
    else {
      if (c === '\\') this.at += this.peek(1) === '\r' && this.peek(2) === '\n' ? 2 : 1;
      else if (c === '(' || c === '[' || c === '{') this.depth++;
      else if (c === ')' || c === ']' || c === '}') this.depth = Math.max(0, this.depth - 1);
      this.at++;
    }
  }

  private skipLine(): void {
    while (this.at < this.text.length && !isLineEnd(this.peek())) this.at++;
  }

  private magic(): void {
    const start = this.at;
    this.skipLine();
    const line = this.text.slice(start, this.at);
    const opensCell = line.startsWith('%%') && this.text.slice(0, start).trim() === '';
    if (opensCell && !PYTHON_CELL_MAGICS.has(line.slice(2).trim().split(' ')[0] ?? '')) this.at = this.text.length;
    for (let i = start; i < this.at; i++) if (!isLineEnd(this.text.charAt(i))) this.replace(i, ' ');
  }

  private string(quote: string): void {
    const triple = this.peek(1) === quote && this.peek(2) === quote;
    const end = triple ? quote.repeat(3) : quote;
    this.at += end.length;
    while (this.at < this.text.length && !this.text.startsWith(end, this.at)) {
      if (!triple && isLineEnd(this.peek())) return;
      this.at += this.peek() === '\\' ? 2 : 1;
    }
    this.at += end.length;
  }

  private number(): void {
    while (isWord(this.peek())) this.at++;
    if (this.peek() !== '.') return;
    const after = this.peek(1);
    const exponent = /[eEjJ]/.test(after) && !(isWord(this.peek(2)) && !isDigit(this.peek(2)));
    // A zero keeps the token one number of the same length; its text is read from the original.
    if (!isWord(after) || exponent) this.replace(this.at, '0');
    this.at++;
    while (isWord(this.peek())) this.at++;
  }

  private replace(offset: number, by: string): void {
    this.output += this.text.slice(this.copied, offset) + by;
    this.copied = offset + 1;
  }
}

/**
 * Text of the same length that the grammar reads right: the dot that ends a float (`1.`) becomes a digit, since
 * the grammar takes it for an attribute access; lines of IPython magic, shell and help become spaces.
 */
export function maskSource(text: string): string {
  return new Masker(text).mask();
}
