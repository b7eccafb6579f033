import type { Value } from '../evaluate/value';
import type { ExplanationLink } from '../explanation';
import type { Phrase } from '../phrase';
import type { Arguments } from './arguments';
import { type Entry, type LayerFacts, NO_FACTS, type Signature, type Weight } from './entry';

export interface LayerDescription {
  readonly title: string;
  readonly summary: string;
  readonly signature: Signature;
  readonly links?: readonly ExplanationLink[];
  /** `null` when an argument that matters is not known; absent for layers without weights. */
  readonly weights?: (args: Arguments) => readonly Weight[] | null;
  readonly formula?: (args: Arguments) => string | null;
  readonly shapes?: (args: Arguments) => readonly [string, string] | null;
  readonly cost?: (args: Arguments) => Phrase;
  readonly detail?: (args: Arguments) => Phrase | null;
  readonly mistake?: (args: Arguments) => Phrase | null;
  readonly submodules?: (args: Arguments) => ReadonlyMap<string, Value>;
}

/** A class of `torch.nn`. A call that does not fit the signature has no facts. */
export function layer(name: string, description: LayerDescription): Entry {
  const { title, summary, signature, links = [], submodules } = description;
  return {
    symbol: `torch.nn.${name}`,
    kind: 'layer',
    title,
    summary,
    signature,
    links,
    describe: (args) => (args.fits ? facts(description, args) : NO_FACTS),
    ...(submodules === undefined ? {} : { submodules }),
  };
}

function facts(description: LayerDescription, args: Arguments): LayerFacts {
  const weights = description.weights === undefined ? [] : description.weights(args);
  const [inputShape, outputShape] = description.shapes?.(args) ?? [null, null];
  return {
    weights,
    formula: weights === null ? null : (description.formula?.(args) ?? null),
    inputShape,
    outputShape,
    cost: description.cost?.(args) ?? null,
    detail: description.detail?.(args) ?? null,
    mistake: description.mistake?.(args) ?? null,
  };
}

/** `null` as soon as a factor is `null`. */
export function product(...factors: readonly (number | null)[]): number | null {
  return factors.reduce<number | null>((all, factor) => (all === null || factor === null ? null : all * factor), 1);
}

/** Weights with known counts, or `null`. */
export function weightList(counts: Readonly<Record<string, number | null>>): readonly Weight[] | null {
  const list = Object.entries(counts).map(([name, count]) => (count === null ? null : { name, count }));
  return list.includes(null) ? null : list.filter((weight) => weight !== null).filter(({ count }) => count > 0);
}

/** `64·32·3·3`. */
export const times = (...factors: readonly (number | string)[]): string => factors.join('·');
