import katex from 'katex';

/** A longer formula is left alone. */
const LONGEST = 2_000;
/** Commands of packages that students use and KaTeX lacks. Definitions are refused: they can grow without bound. */
const MACROS = {
  '\\softmax': '\\operatorname{softmax}',
  '\\Softmax': '\\operatorname{softmax}',
  '\\bigO': '\\mathcal{O}',
  '\\BigO': '\\mathcal{O}',
  '\\mathds': '\\mathbb{#1}',
};
const DEFINES = /\\(?:[gex]?def|let|futurelet|global|(?:re)?newcommand|providecommand)(?![A-Za-z])/;

/** A node of KaTeX's syntax tree with those fields that are looked at. */
export interface KatexNode {
  readonly type: string;
  readonly text?: string;
  readonly name?: string;
  readonly family?: string;
  readonly mclass?: string;
  readonly font?: string;
  readonly left?: string;
  readonly right?: string;
  readonly delim?: string;
  readonly hasBarLine?: boolean;
  readonly dimension?: { readonly number: number; readonly unit: string };
  readonly body?: KatexNode | readonly KatexNode[] | readonly (readonly KatexNode[])[];
  readonly mathml?: readonly KatexNode[];
  readonly base?: KatexNode | null;
  readonly sub?: KatexNode | null;
  readonly sup?: KatexNode | null;
  readonly numer?: KatexNode;
  readonly denom?: KatexNode;
  readonly index?: KatexNode | null;
  readonly loc?: { readonly start: number; readonly end: number; readonly lexer: { readonly input: string } } | null;
}

type ParseTex = (latex: string, options: object) => readonly KatexNode[];

// Not in KaTeX's types, because its nodes may change between versions; the version is pinned, and tests read every kind.
const parseTex = (katex as unknown as { readonly __parse: ParseTex }).__parse;

/** @returns the syntax tree of a formula without its dollars, or null where it is too long, or no TeX that KaTeX knows. */
export function texTree(latex: string): readonly KatexNode[] | null {
  if (latex.length > LONGEST || DEFINES.test(latex)) return null;
  try {
    return parseTex(latex, {
      displayMode: true,
      strict: 'ignore',
      trust: false,
      maxExpand: 300,
      macros: { ...MACROS },
    });
  } catch {
    // KaTeX has an error of its own for what is no TeX; whatever it throws, the formula cannot be read.
    return null;
  }
}

/** The nodes directly below another. */
export function nodesWithin({ body, base, mathml }: KatexNode): KatexNode[] {
  return [body, base, mathml].flat(2).filter((node): node is KatexNode => node !== undefined && node !== null);
}

/** The characters below a node, in order. */
export function lettersOf(node: KatexNode): string {
  if (node.type === 'spacing') return ' ';
  if (node.text !== undefined) return node.text === '\\prime' ? "'" : node.text;
  return nodesWithin(node).map(lettersOf).join('');
}
