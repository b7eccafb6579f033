/** Commands of the report's own that may stand in one another. */
const DEEPEST = 5;
/** Longer bodies are more than a short name for something. */
const LONGEST = 200;
/** Characters that bodies may add to a report in all. */
const MOST = 200_000;

/** The commands without arguments that a report defines. */
export class LatexMacros {
  private readonly bodies = new Map<string, string>();
  private left = MOST;

  define(name: string, body: string): void {
    this.bodies.set(name, body);
  }

  /** What a command stands for in a formula, with such commands in it replaced; `undefined` for other commands. */
  expand(name: string): string | undefined {
    const whole = this.expanded(name, 0);
    if (whole === undefined || whole.length > Math.min(LONGEST, this.left)) return undefined;
    this.left -= whole.length;
    return whole.replace(/^\\ensuremath\{([^]*)\}$/, '$1');
  }

  /** The words that a command stands for in a text; `undefined` where it is more than words. */
  words(name: string): string | undefined {
    const words = this.expand(name)?.replace(/\\xspace\b/, '');
    return words !== undefined && /^[\p{L}\p{N} .,:;()/-]+$/u.test(words) ? words : undefined;
  }

  private expanded(name: string, depth: number): string | undefined {
    const body = this.bodies.get(name);
    if (body === undefined || body.length > LONGEST || /[$#%\r\n]/.test(body)) return undefined;
    let whole = '';
    let done = 0;
    for (const { index, 0: command } of body.matchAll(/\\[A-Za-z]+/g)) {
      const inner = this.bodies.has(command.slice(1)) ? this.expandedBelow(command.slice(1), depth) : command;
      if (inner === undefined || whole.length > LONGEST) return undefined;
      whole += body.slice(done, index) + inner;
      done = index + command.length;
    }
    return whole + body.slice(done);
  }

  private expandedBelow(name: string, depth: number): string | undefined {
    return depth < DEEPEST ? this.expanded(name, depth + 1) : undefined;
  }
}
