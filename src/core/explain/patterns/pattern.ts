import { type Operation, sameValue, type Value } from '../evaluate/value';
import type { ExplanationLink } from '../explanation';
import type { Phrase } from '../phrase';
import type { Expression } from '../python/syntax';

/** What is said about a pattern over several operations, such as attention written by hand. */
export interface PatternText {
  readonly symbol: string;
  readonly title: string;
  readonly summary: string;
  readonly inputShape: string | null;
  readonly outputShape: string | null;
  readonly cost: Phrase | null;
  readonly links: readonly ExplanationLink[];
}

export interface Pattern {
  readonly text: PatternText;
  readonly expression: Expression;
  /** Earlier expressions that belong to it. */
  readonly parts: readonly Expression[];
  readonly mistake: Phrase | null;
}

export const isOperation = (value: Value | undefined, ...names: readonly string[]): value is Operation =>
  value?.kind === 'operation' && names.includes(value.name);

/** The value below operations that keep it, such as views. */
export function below(value: Value, ...names: readonly string[]): Value {
  let inner = value;
  while (isOperation(inner, ...names)) {
    const [operand] = inner.operands;
    if (operand === undefined) break;
    inner = operand;
  }
  return inner;
}

/** Deeper operations are not compared: shared operands may make that endless. */
const MAX_DEPTH = 6;

/** Whether two values are computed alike from the same names. */
export function alike(a: Value | undefined, b: Value | undefined, depth = 0): boolean {
  if (a === undefined || b === undefined || depth > MAX_DEPTH) return false;
  if (sameValue(a, b)) return true;
  if (a.kind === 'unknown' && b.kind === 'unknown') return a.text !== '' && a.text === b.text;
  if (a.kind !== 'operation' || b.kind !== 'operation') return false;
  return (
    a.name === b.name &&
    a.operands.length === b.operands.length &&
    a.operands.every((x, i) => alike(x, b.operands[i], depth + 1))
  );
}
