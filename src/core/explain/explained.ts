import type { Span } from '../text';
import type { UnitLayout } from './codeUnits';
import { countParameters } from './evaluate/modules';
import type { Sighting } from './evaluate/machine';
import type { Explanation, ExplanationLink } from './explanation';
import type { Pattern } from './patterns/pattern';
import { type Phrase, phrase, sayPhrase, type Translate } from './phrase';
import type { Expression } from './python/syntax';

/** An explanation before it is said in a language and placed in lines and characters. */
export interface Explained {
  readonly span: Span;
  /** Further spans for which it is shown. */
  readonly parts: readonly Span[];
  readonly symbol: string;
  readonly title: Phrase;
  readonly summary: readonly Phrase[];
  readonly parameters: number | null;
  readonly parametersFormula: string | null;
  readonly inputShape: string | null;
  readonly outputShape: string | null;
  readonly cost: Phrase | null;
  readonly mistake: Phrase | null;
  readonly links: readonly ExplanationLink[];
}

const samePhrase = (a: Phrase | null, b: Phrase | null): boolean =>
  a === b ||
  (a !== null && b !== null && a.template === b.template && JSON.stringify(a.data) === JSON.stringify(b.data));

/** The value on which all agree, or `null`. */
function agreed<T>(values: readonly T[], same: (a: T, b: T) => boolean = (a, b) => a === b): T | null {
  const [first, ...others] = values;
  return first !== undefined && others.every((other) => same(first, other)) ? first : null;
}

function parametersOf({ entry, module }: Sighting): number | null {
  if (entry.kind !== 'layer' || module === null) return null;
  const { total, unresolved } = countParameters(module);
  return unresolved.length === 0 ? total : null;
}

/** What is said of a call that was seen one or more times; only what held every time. */
export function explainSightings(
  expression: Expression,
  sightings: readonly Sighting[],
  blamed: Phrase | null,
): Explained | null {
  const [first] = sightings;
  if (first === undefined || sightings.some(({ entry }) => entry !== first.entry)) return null;
  const { entry } = first;
  const facts = sightings.map((sighting) => sighting.facts);
  const parameters = agreed(sightings.map(parametersOf));
  const detail = agreed(
    facts.map((fact) => fact.detail),
    samePhrase,
  );
  return {
    span: expression.span,
    parts: [],
    symbol: entry.symbol,
    title: phrase(entry.title),
    summary: [phrase(entry.summary), ...(detail === null ? [] : [detail])],
    parameters,
    parametersFormula: parameters === null ? null : agreed(facts.map(({ formula }) => formula)),
    inputShape: agreed(facts.map(({ inputShape }) => inputShape)),
    outputShape: agreed(facts.map(({ outputShape }) => outputShape)),
    cost: agreed(
      facts.map(({ cost }) => cost),
      samePhrase,
    ),
    mistake:
      blamed ??
      agreed(
        facts.map(({ mistake }) => mistake),
        samePhrase,
      ),
    links: entry.links,
  };
}

export function explainPattern({ text, expression, parts, mistake }: Pattern): Explained {
  return {
    span: expression.span,
    parts: parts.map(({ span }) => span),
    symbol: text.symbol,
    title: phrase(text.title),
    summary: [phrase(text.summary)],
    parameters: null,
    parametersFormula: null,
    inputShape: text.inputShape,
    outputShape: text.outputShape,
    cost: text.cost,
    mistake,
    links: text.links,
  };
}

/** The explanation as the command line and hovers show it. */
export function sayExplained(explained: Explained, layout: UnitLayout, translate: Translate): Explanation {
  const say = (one: Phrase | null): string | null => (one === null ? null : sayPhrase(one, translate));
  const { symbol, parameters, parametersFormula, inputShape, outputShape, links } = explained;
  return {
    ...layout.locate(explained.span),
    symbol,
    title: sayPhrase(explained.title, translate),
    summary: explained.summary.map((one) => sayPhrase(one, translate)).join(' '),
    parameters,
    parametersFormula,
    inputShape,
    outputShape,
    cost: say(explained.cost),
    mistake: say(explained.mistake),
    links,
  };
}
