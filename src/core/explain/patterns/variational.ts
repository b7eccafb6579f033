import { LINKS } from '../catalogue/entry';
import { numberOf, type Operation, type Value } from '../evaluate/value';
import { phrase } from '../phrase';
import type { Expression } from '../python/syntax';
import { alike, below, isOperation, type Pattern, type PatternText } from './pattern';
import { asLogarithm, logarithmOf, sameLogarithm, squareRoot, type Term, termsOf } from './terms';

const KL: PatternText = {
  symbol: 'kl-divergence',
  title: 'KL term of a variational autoencoder',
  summary:
    'KL(N(μ, σ²) ‖ N(0, 1)) = −½ Σ (1 + log σ² − μ² − σ²): what it costs to encode an input away from the standard normal. It is never negative, and it makes random normal samples decode to something meaningful.',
  inputShape: 'μ, log σ² (N, k)',
  outputShape: 'a scalar, after the sum',
  cost: phrase('O(N·k): N examples, k latent dimensions'),
  links: [LINKS.autoencoder, LINKS.diffusion],
};

const REPARAMETERISATION: PatternText = {
  symbol: 'reparameterisation',
  title: 'Reparameterisation',
  summary:
    'z = μ + σ·ε with ε ~ N(0, 1): a sample of N(μ, σ²) written so that the randomness does not depend on the parameters. Gradients reach μ and σ.',
  inputShape: 'μ, σ (N, k)',
  outputShape: '(N, k)',
  cost: phrase('O(N·k): N examples, k latent dimensions'),
  links: [LINKS.autoencoder],
};

const close = (a: number, b: number): boolean => Math.abs(a - b) < 1e-9;

/** Whether four summands are c·(1 + log σ² − μ² − σ²). */
function isKl(terms: readonly Term[]): boolean {
  if (terms.length !== 4) return false;
  const one = terms.find(({ value }) => value === null);
  if (one === undefined || one.factor === 0) return false;
  const others = terms.filter((term) => term !== one);
  const negative = others.filter(({ factor }) => close(factor, -one.factor));
  return negative.some((mean) => {
    if (squareRoot(mean.value) === null) return false;
    return negative.some((variance) => {
      const rest = others.find((term) => term !== mean && term !== variance);
      if (variance === mean || rest === undefined || variance.value === null) return false;
      const expected = logarithmOf(variance.value);
      const actual = asLogarithm(rest);
      if (expected === null || actual === null) return false;
      return sameLogarithm({ ...expected, factor: expected.factor * one.factor }, actual);
    });
  });
}

/** Operations around the sum that belong to the term. */
const WRAPPING = new Set(['sum', 'mean', 'mul', 'div', 'neg', 'view']);

interface Found {
  expression: Expression;
  readonly parts: Expression[];
}

const contains = (outer: Expression, inner: Expression): boolean =>
  outer.span.start <= inner.span.start && inner.span.end <= outer.span.end;

/** Finds KL terms as their operations come by, and widens them by the sums and factors around them. */
export class KlFinder {
  private readonly found = new Map<Operation, Found>();

  look(operation: Operation): void {
    const { name, expression } = operation;
    if ((name === 'add' || name === 'sub') && isKl(termsOf(operation))) {
      this.found.set(operation, { expression, parts: [] });
      return;
    }
    if (!WRAPPING.has(name)) return;
    const inner: Value | undefined = operation.operands.find((o) => o.kind === 'operation' && this.found.has(o));
    const others = operation.operands.filter((operand) => operand !== inner && numberOf(operand) === null);
    const product = name === 'mul' || name === 'div';
    if (inner?.kind !== 'operation' || (product && others.length > 0)) return;
    const found = this.found.get(inner);
    if (found === undefined) return;
    if (!contains(expression, found.expression)) found.parts.push(found.expression);
    found.expression = expression;
    this.found.set(operation, found);
  }

  get patterns(): Pattern[] {
    return [...new Set(this.found.values())].map(({ expression, parts }) => ({
      text: KL,
      expression,
      parts,
      mistake: null,
    }));
  }
}

const NOISE = ['randn_like', 'randn'];

/** Standard deviation by its form: an exponential, a softplus, or what the noise is shaped like. */
function isDeviation(value: Value, noise: Operation): boolean {
  const inner = below(value, 'view');
  const name = inner.kind === 'operation' ? inner.name : '';
  const operand = inner.kind === 'operation' ? inner.operands[0] : undefined;
  if (name === 'exp' || name === 'softplus' || (name === 'sqrt' && isOperation(operand, 'exp'))) return true;
  return noise.name === 'randn_like' && alike(inner, noise.operands[0]);
}

/** z = μ + σ·ε that this sum completes. */
export function findReparameterisation(operation: Operation): Pattern | null {
  if (operation.name !== 'add') return null;
  for (const term of operation.operands) {
    if (!isOperation(term, 'mul')) continue;
    const [a, b] = term.operands;
    for (const [noise, scale] of [
      [a, b],
      [b, a],
    ] as const) {
      if (noise === undefined || scale === undefined) continue;
      const source = below(noise, 'view');
      if (isOperation(source, ...NOISE) && isDeviation(scale, source)) {
        return { text: REPARAMETERISATION, expression: operation.expression, parts: [term.expression], mistake: null };
      }
    }
  }
  return null;
}
