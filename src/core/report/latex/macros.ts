import { definitionNodes, repeatedLength } from './definitionNodes';
import type { LatexArgument, LatexCursor, LatexNode } from './latexNodes';

/** Commands of the report's own that may stand in one another. */
export const DEEPEST = 5;
/** Longer bodies are more than a short name for something. */
const LONGEST = 200;
/** Characters that arguments of one command may have. */
const LONGEST_ARGUMENTS = 1_000;
/** Characters that bodies may add to a report in all, and that may be replaced on the way there. */
const MOST = 200_000;

interface Macro {
  readonly body: string;
  /** Arguments that it takes, those that may be left out among them. */
  readonly parameters: number;
  /** What the first argument is where it is left out; `undefined` where it must not be. */
  readonly preset: string | undefined;
}

/** What stands for a command, and where the command with its arguments ends. */
interface Expansion {
  readonly text: string;
  readonly end: number;
}

/** What stands for a command in a text. */
interface TextExpansion {
  /** The definition, which the places of the nodes are in. */
  readonly text: string;
  readonly nodes: readonly LatexNode[];
}

/** The commands that a report defines. */
export class LatexMacros {
  private readonly macros = new Map<string, Macro>();
  private left = MOST;

  define(name: string, body: string, parameters = 0, preset?: string): void {
    this.macros.set(name, { body, parameters, preset });
  }

  /**
   * What a command of the report's own stands for in a formula, with such commands in it replaced; `undefined` for other
   * commands, and where arguments are missing.
   * @param end where the command's name ends in the text
   */
  expand(name: string, text: string, end: number): Expansion | undefined {
    const found = this.expansion(name, text, end, 0);
    if (!found || found.text.length > this.left) return undefined;
    this.left -= found.text.length;
    return { ...found, text: found.text.replace(/^\\ensuremath\{([^]*)\}$/, '$1') };
  }

  /** The words that a command without arguments stands for in a text; `undefined` where it is more than words. */
  words(name: string): string | undefined {
    const words = this.expand(name, '', 0)?.text.replace(/\\xspace\b/, '');
    return words !== undefined && /^[\p{L}\p{N} .,:;()/-]+$/u.test(words) ? words : undefined;
  }

  /**
   * What a command stands for in a text, with its arguments put in; `undefined` for other commands, where arguments are
   * missing, and where the definition holds what has a meaning only at its own place, such as half an environment.
   * @param cursor behind the command; moves behind its arguments
   */
  expandIn(name: string, cursor: LatexCursor): TextExpansion | undefined {
    const macro = this.macros.get(name);
    if (!macro || macro.body.length > LONGEST) return undefined;
    const { body, parameters, preset } = macro;
    const option = preset === undefined ? undefined : cursor.option();
    const text = preset === undefined || option ? body : body.replaceAll('#1', () => preset);
    const given: (LatexArgument | undefined)[] = preset === undefined ? [] : [option];
    while (given.length < parameters) {
      const argument = cursor.argument();
      if (!argument) return undefined;
      given.push(argument);
    }
    this.left -= text.length + 1 + repeatedLength(text, given);
    if (this.left < 0) return undefined;
    const nodes = definitionNodes(text, given);
    return nodes && { text, nodes };
  }

  private expansion(name: string, text: string, end: number, depth: number): Expansion | undefined {
    const macro = this.macros.get(name);
    if (!macro || macro.body.length > LONGEST || depth > DEEPEST) return undefined;
    const given = argumentsAfter(text, end, macro);
    if (!given) return undefined;
    const body = macro.body.replace(/#(\d)/g, (_, place: string) => given.texts[Number(place) - 1] ?? '#');
    this.left -= body.length + 1;
    // What is left of these means more than itself, or belongs to a definition in a definition.
    if (this.left < 0 || /[$#%\r\n]/.test(body)) return undefined;
    const whole = this.replaced(body, depth);
    return whole === undefined ? undefined : { text: whole, end: given.end };
  }

  /** A text with the report's own commands replaced. */
  private replaced(text: string, depth: number): string | undefined {
    const command = /\\(?:([A-Za-z]+)|[^])/g;
    let whole = '';
    let done = 0;
    for (let found = command.exec(text); found; found = command.exec(text)) {
      const name = found[1];
      if (name === undefined || !this.macros.has(name)) continue;
      const inner = this.expansion(name, text, command.lastIndex, depth + 1);
      if (!inner) return undefined;
      whole += text.slice(done, found.index) + inner.text;
      done = command.lastIndex = inner.end;
      if (whole.length > LONGEST + LONGEST_ARGUMENTS) return undefined;
    }
    whole += text.slice(done);
    return whole.length > LONGEST + LONGEST_ARGUMENTS ? undefined : whole;
  }
}

/** The arguments that follow a command; `undefined` where one is missing. */
function argumentsAfter(
  text: string,
  end: number,
  { parameters, preset }: Macro,
): { readonly texts: readonly string[]; readonly end: number } | undefined {
  const texts: string[] = [];
  const last = Math.min(text.length, end + LONGEST_ARGUMENTS);
  let at = end;
  if (parameters > 0 && preset !== undefined) {
    const [option, inside] = /^\s*\[([^[\]]*)\]/.exec(text.slice(at, last)) ?? [];
    texts.push(inside ?? preset);
    at += option?.length ?? 0;
  }
  while (texts.length < parameters) {
    const [blanks = '', token = ''] = /^\s*(\\[A-Za-z]+|\\[^]|[^\s}])?/.exec(text.slice(at, last)) ?? [];
    if (token === '') return undefined;
    at += blanks.length;
    if (token !== '{') {
      texts.push(token);
      continue;
    }
    const close = endOfGroup(text, at, last);
    if (close === undefined) return undefined;
    texts.push(text.slice(at, close - 1));
    at = close;
  }
  return { texts, end: at };
}

/** Behind the brace that closes a group. @param at behind the brace that opens it */
function endOfGroup(text: string, at: number, last: number): number | undefined {
  let open = 1;
  for (let i = at; i < last; i++) {
    if (text[i] === '\\') i++;
    else if (text[i] === '{') open++;
    else if (text[i] === '}' && --open === 0) return i + 1;
  }
  return undefined;
}
