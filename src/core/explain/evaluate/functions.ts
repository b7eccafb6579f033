import type { PassedArguments } from '../catalogue/arguments';
import { localNames } from '../python/boundNames';
import type { Machine } from './machine';
import { Scope } from './scope';
import { parameterValue } from './statements';
import { type FunctionValue, mayBeModule, NONE, sameValue, sequence, unknown, type Value } from './value';

/** A scope with the parameters bound: to what was passed, to their defaults, or to unknown. */
export function functionScope(machine: Machine, callee: FunctionValue, passed: PassedArguments): Scope {
  const { node } = callee;
  const scope = new Scope('function', callee.scope, localNames(node));
  const values = callee.receiver === null ? [...passed.positional] : [callee.receiver, ...passed.positional];
  const keywords = new Map(passed.keywords);
  for (const { name, star, annotation } of node.parameters) {
    scope.bind(name, take(name, star) ?? callee.defaults.get(name) ?? parameterValue(name, annotation));
  }
  return scope;

  function take(name: string, star: string): Value | undefined {
    if (star === '*') return machine.born(sequence('tuple', values.splice(0), passed.openPositional));
    if (star === '**') return machine.born({ kind: 'dictionary', entries: keywords, open: passed.openKeywords });
    const positional = values.shift();
    const value = positional ?? keywords.get(name);
    keywords.delete(name);
    const mayHaveCome = (passed.openPositional || passed.openKeywords) && value === undefined;
    return mayHaveCome ? unknown(name) : value;
  }
}

/** What a function returns when these are the values of its return statements. */
export function returned(returns: readonly Value[], fallsThrough: boolean, text: string): Value {
  const [first, ...others] = fallsThrough ? [...returns, NONE] : returns;
  if (first === undefined) return NONE;
  if (others.every((other) => sameValue(first, other))) return first;
  return unknown(text, [first, ...others].some(mayBeModule));
}
