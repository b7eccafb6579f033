/** Reads a line's text with a place in it; every `take` moves on or fails. */
export class LineScanner {
  constructor(
    readonly text: string,
    public at = 0,
  ) {}

  take(pattern: RegExp): RegExpExecArray | null {
    pattern.lastIndex = this.at;
    const match = pattern.exec(this.text);
    if (match) this.at = pattern.lastIndex;
    return match;
  }

  sees(pattern: RegExp): boolean {
    pattern.lastIndex = this.at;
    return pattern.test(this.text);
  }

  get isAtEnd(): boolean {
    return this.sees(/[ \t]*#*[ \t]*$/y);
  }
}
