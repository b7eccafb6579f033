import type { Sighting } from './evaluate/machine';
import type { Witness } from './evaluate/interpreter';
import type { ClassValue, FunctionValue, Operation } from './evaluate/value';
import { findAttention } from './patterns/attention';
import { findLossMistakes } from './patterns/lossMistakes';
import type { Pattern } from './patterns/pattern';
import { findReparameterisation, KlFinder } from './patterns/variational';
import type { Phrase } from './phrase';
import type { Expression } from './python/syntax';

/** Collects what the interpreter sees, expression by expression. */
export class Observations implements Witness {
  readonly sightings = new Map<Expression, Sighting[]>();
  readonly mistakes = new Map<Expression, Phrase>();
  readonly definitions: (ClassValue | FunctionValue)[] = [];
  private readonly known = new Set<unknown>();
  private readonly single = new Map<Expression, Pattern>();
  private readonly kl = new KlFinder();

  see(expression: Expression, sighting: Sighting): void {
    const before = this.sightings.get(expression);
    if (before === undefined) this.sightings.set(expression, [sighting]);
    else before.push(sighting);
  }

  operated(operation: Operation): void {
    const pattern = findAttention(operation) ?? findReparameterisation(operation);
    if (pattern !== null) this.single.set(operation.expression, pattern);
    this.kl.look(operation);
    for (const { expression, mistake } of findLossMistakes(operation)) this.blame(expression, mistake);
  }

  blame(expression: Expression, mistake: Phrase): void {
    this.mistakes.set(expression, mistake);
  }

  define(value: ClassValue | FunctionValue): void {
    if (this.known.has(value.node)) return;
    this.known.add(value.node);
    this.definitions.push(value);
  }

  get patterns(): readonly Pattern[] {
    return [...this.single.values(), ...this.kl.patterns];
  }
}
