import { INPUTS } from './commands';
import { DEFINITIONS } from './latexDefinitions';
import { latexNodes, type LatexArgument, type LatexNode } from './latexNodes';

/** Arguments of a command in their order; `undefined` for one that is left out. */
export type GivenArguments = readonly (LatexArgument | undefined)[];

/**
 * The nodes of a definition with arguments put in; `undefined` where it holds what has a meaning only at its own place,
 * such as half an environment.
 */
export function definitionNodes(text: string, given: GivenArguments): LatexNode[] | undefined {
  const nodes = latexNodes(text, { start: 0, end: text.length });
  return nodes.every((node) => isMovable(node, text)) ? filled(nodes, given) : undefined;
}

/** Characters that arguments add where they stand again. */
export function repeatedLength(text: string, given: GivenArguments): number {
  const uses = Array.from(text.matchAll(/#([1-9])/g), ([, place]) => given[Number(place) - 1]);
  const lengths = uses.map((argument) => (argument ? argument.end - argument.start : 0));
  return lengths.reduce((sum, length, index) => (uses.indexOf(uses[index]) < index ? sum + length : sum), 0);
}

function isMovable({ kind, name, start, end, children }: LatexNode, text: string): boolean {
  if (kind === 'macro') return !/^(?:begin|end)$/.test(name) && !INPUTS.has(name) && !DEFINITIONS.has(name);
  if (kind === 'math') return !text.slice(start, end).includes('#');
  return kind !== 'verbatim' && children.every((child) => isMovable(child, text));
}

/**
 * Nodes of a definition with the arguments in the places of `#1` and the like.
 * @param placed where the last argument ends that has its place
 */
function filled(nodes: readonly LatexNode[], given: GivenArguments, placed = { end: 0 }): LatexNode[] {
  return nodes.flatMap((node, index): LatexNode[] => {
    if (node.children.length > 0) return [{ ...node, children: filled(node.children, given, placed) }];
    if (isSign(node) && isPlace(nodes[index + 1])) return [];
    if (!isSign(nodes[index - 1]) || !isPlace(node)) return [node];
    const { name, start, end } = node;
    const own = given[Number(name.charAt(0)) - 1];
    const plain: LatexNode = { kind: 'argument', name: '', start, end: start + 1, children: own?.nodes ?? [] };
    const isPlaced = own !== undefined && own.start >= placed.end;
    if (isPlaced) placed.end = own.end;
    const argument = isPlaced ? { ...plain, placedEnd: own.end } : plain;
    return name.length > 1 ? [argument, { ...node, name: name.slice(1), start: start + 1, end }] : [argument];
  });
}

const isSign = (node: LatexNode | undefined): boolean => node?.kind === 'string' && node.name === '#';
const isPlace = (node: LatexNode | undefined): boolean => node?.kind === 'string' && /^[1-9]/.test(node.name);
