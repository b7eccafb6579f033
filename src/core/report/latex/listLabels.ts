/** Styles in which LaTeX writes a counter. */
const STYLES: Readonly<Record<string, (n: number) => string>> = {
  arabic: String,
  alph: letter,
  Alph: (n) => letter(n).toUpperCase(),
  roman,
  Roman: (n) => roman(n).toUpperCase(),
};

const SHORT_STYLES: Readonly<Record<string, string>> = { '1': 'arabic', a: 'alph', A: 'Alph', i: 'roman', I: 'Roman' };
const LEVELS = ['i', 'ii', 'iii', 'iv'];
const DEFAULT_STYLES = ['arabic', 'alph', 'roman', 'Alph'];
const DEFAULT_LABELS = ['\\theenumi.', '(\\theenumii)', '\\theenumiii.', '\\theenumiv.'];

function letter(n: number): string {
  return n >= 1 && n <= 26 ? String.fromCharCode(96 + n) : String(n);
}

function roman(n: number): string {
  if (n < 1 || n > 399) return String(n);
  const [hundreds, tens, ones] = [Math.floor(n / 100), Math.floor(n / 10) % 10, n % 10];
  const digit = (value: number, [one, five, ten]: readonly [string, string, string]): string => {
    if (value === 9) return one + ten;
    if (value === 4) return one + five;
    return (value >= 5 ? five : '') + one.repeat(value % 5);
  };
  return 'c'.repeat(hundreds) + digit(tens, ['x', 'l', 'c']) + digit(ones, ['i', 'v', 'x']);
}

/** What `\begin{enumerate}[…]` and `\setlist` set. */
export interface ListOptions {
  readonly label?: string;
  readonly start?: number;
  readonly resumes?: boolean;
}

/** Whether Markdown takes an item's mark for one. */
export function isListMark(mark: string): boolean {
  return /^(?:-|\d{1,9}[.)])$/.test(mark);
}

/** What stands in the brackets of a list: `label=(\alph*), start=3`, or the short form `(a)`. */
export function listArgument(source: string): ListOptions {
  if (source.trim() === '') return {};
  const isKeys = /=|^\s*(?:resume|series|noitemsep|nosep|wide|inline|leftmargin|align)/.test(source);
  return isKeys ? listOptions(source) : { label: shortLabel(source.trim()) };
}

/** Reads keys such as `label=(\alph*), start=3, resume`. */
export function listOptions(source: string): ListOptions {
  const options: { label?: string; start?: number; resumes?: boolean } = {};
  for (const [, key = '', value = ''] of source.matchAll(
    /([\w*-]+)\s*(?:=\s*((?:\{(?:[^{}]|\{[^{}]*\})*\}|[^,{}])*))?/g,
  )) {
    if (key === 'label' || key === 'label*') options.label = value.trim().replace(/^\{([^]*)\}$/, '$1');
    else if (key === 'start' && /^\s*-?\d{1,6}\s*$/.test(value)) options.start = Number(value);
    else if (key === 'resume' || key === 'resume*') options.resumes = true;
  }
  return options;
}

/** The first letter of `1aAiI` outside of braces is the counter. */
function shortLabel(label: string): string {
  let depth = 0;
  for (let at = 0; at < label.length; at++) {
    const character = label.charAt(at);
    if (character === '{') depth += 1;
    else if (character === '}') depth -= 1;
    else if (character === '\\') at = at + Math.max(1, /^[A-Za-z]*/.exec(label.slice(at + 1))?.[0].length ?? 1);
    const style = depth === 0 ? SHORT_STYLES[character] : undefined;
    if (style !== undefined) return `${label.slice(0, at)}\\${style}*${label.slice(at + 1)}`;
  }
  return label;
}

/** The counters of numbered lists, as LaTeX keeps them. */
export class ListCounters {
  private readonly values = new Map<string, number>();
  /** By counter, such as `enumi`: how it is written, and the label that it is part of. */
  private readonly written = new Map<string, string>();
  private readonly labels = new Map<string, string>();
  private readonly options = new Map<string, ListOptions>();

  get(counter: string): number {
    return this.values.get(counter) ?? 0;
  }

  set(counter: string, value: number): void {
    this.values.set(counter, value);
  }

  /** For `\renewcommand{\theenumi}{…}` and `\renewcommand{\labelenumi}{…}`; others are none of ours. */
  redefine(command: string, body: string): void {
    const [, kind, counter = ''] = /^(the|label)(enum[iv]{1,3})$/.exec(command) ?? [];
    if (kind === 'the') this.written.set(counter, body);
    else if (kind === 'label') this.labels.set(counter, body);
  }

  /** For `\setlist[enumerate,1]{…}`; `lists` is empty where all are meant. */
  setOptions(lists: string, options: ListOptions): void {
    const [name = '', level = ''] = lists.split(',').map((word) => word.trim());
    const before = this.options.get(name + level);
    this.options.set(name + level, { ...before, ...options });
  }

  /** Options of a list that is the n-th of its kind in others, n from 1. */
  optionsOf(name: string, depth: number, own: ListOptions): ListOptions {
    const [all, kind, level] = ['', name, `${name}${depth}`].map((key) => this.options.get(key));
    return { ...all, ...kind, ...level, ...own };
  }

  /** The label of the current item. @param counter such as `enumii` */
  label(counter: string, template: string | undefined): string {
    const level = LEVELS.indexOf(counter.replace(/^enum/, ''));
    const otherwise = this.labels.get(counter) ?? DEFAULT_LABELS[level] ?? `\\arabic{${counter}}.`;
    return plain(this.expand(template ?? otherwise, counter, 0));
  }

  private expand(template: string, counter: string, depth: number): string {
    if (depth > 4) return '';
    return template
      .replace(/\\(?:the|label)(enum[iv]{1,3})/g, (whole, name: string) => {
        const level = LEVELS.indexOf(name.replace(/^enum/, ''));
        const inLabel = whole.startsWith('\\label') ? (this.labels.get(name) ?? DEFAULT_LABELS[level]) : undefined;
        const number = this.written.get(name) ?? `\\${DEFAULT_STYLES[level] ?? 'arabic'}{${name}}`;
        return this.expand(inLabel ?? number, name, depth + 1);
      })
      .replace(/\\([a-zA-Z]+)(?:\*|\{(\w+)\})/g, (whole, style: string, name: string | undefined) => {
        const write = Object.hasOwn(STYLES, style) ? STYLES[style] : undefined;
        return write ? write(this.get(name ?? counter)) : whole;
      });
  }
}

/** The words of a label, without commands for looks. */
function plain(label: string): string {
  return label
    .replace(/\\[a-zA-Z]+\*?|[{}]/g, ' ')
    .replace(/\\(.)|[~\s]+/g, (_, character: string | undefined) => character ?? ' ')
    .replace(/ +(?=[.):\]])/g, '')
    .replace(/(?<=[([]) +/g, '')
    .trim();
}

/** Counter of the n-th list in others of its kind, n from 1. */
export function counterOf(name: string, depth: number): string {
  return `${name === 'enumerate' ? 'enum' : name}${LEVELS[depth - 1] ?? depth}`;
}
