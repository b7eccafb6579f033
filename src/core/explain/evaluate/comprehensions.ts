import { targetNames } from '../python/boundNames';
import type { Comprehension, ComprehensionClause } from '../python/syntax';
import { bindTarget } from './assignment';
import { iterate } from './iteration';
import type { Machine } from './machine';
import { countNames, Scope } from './scope';
import { mayBeModule, sequence, truthOf, unknown, type Value } from './value';

/** Lists, sets, dictionaries and generators written as comprehensions; open where a loop is not known. */
export function evaluateComprehension(machine: Machine, expression: Comprehension, scope: Scope): Value {
  const names = expression.clauses.flatMap(({ target }) => targetNames(target));
  const inner = new Scope('function', scope, countNames(names));
  const items: Value[] = [];
  const entries = new Map<string, Value>();
  const collect = (): boolean => {
    const value = machine.evaluate(expression.element, inner);
    const key = expression.key === null ? null : machine.evaluate(expression.key, inner);
    if (key?.kind === 'constant') entries.set(String(key.value), value);
    items.push(value);
    return key === null || key.kind === 'constant';
  };
  const exact = runClauses(machine, expression.clauses, inner, collect);
  if (expression.type === 'dictionary') return machine.born({ kind: 'dictionary', entries, open: !exact });
  const listed = exact ? items : items.map((item) => (mayBeModule(item) ? unknown(machine.text(expression)) : item));
  return machine.born(sequence(expression.type === 'set' ? 'set' : 'list', listed, !exact));
}

/** Whether every round of every loop was known. */
function runClauses(
  machine: Machine,
  clauses: readonly ComprehensionClause[],
  scope: Scope,
  collect: () => boolean,
): boolean {
  const [clause, ...inner] = clauses;
  if (clause === undefined) return collect();
  const rest = (): boolean => {
    const truths = clause.conditions.map((condition) => truthOf(machine.evaluate(condition, scope)));
    if (truths.includes(false)) return true;
    return runClauses(machine, inner, scope, collect) && !truths.includes(null);
  };
  const iterable = machine.evaluate(clause.iterable, scope);
  const items = machine.unrolls ? iterate(iterable) : null;
  if (items === null || items.length === 0) {
    bindTarget(machine, clause.target, unknown(machine.text(clause.target)), scope);
    if (items !== null) {
      machine.unreached(() => rest());
      return true;
    }
    machine.perhaps(rest);
    return false;
  }
  let exact = true;
  for (const item of items) {
    if (!machine.spend()) return false;
    bindTarget(machine, clause.target, item, scope);
    exact = rest() && exact;
  }
  return exact;
}
