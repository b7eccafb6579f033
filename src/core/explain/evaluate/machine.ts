import type { PassedArguments } from '../catalogue/arguments';
import type { Entry, LayerFacts } from '../catalogue/entry';
import type { Phrase } from '../phrase';
import type { Block, Call, Expression } from '../python/syntax';
import type { Scope } from './scope';
import type { ClassValue, FunctionValue, ModuleValue, Operation, Value } from './value';

/** How a block ended; `unclear` when it depends on something unknown. */
export type Completion = 'next' | 'return' | 'break' | 'continue' | 'raise' | 'unclear';

/** One running function. */
export interface Frame {
  readonly returns: Value[];
  /** Class of the running method, for `super()`, and its first argument. */
  readonly owner: ClassValue | null;
  readonly receiver: Value | null;
}

/** A call of something in the catalogue, seen while code was followed. */
export interface Sighting {
  readonly entry: Entry;
  readonly facts: LayerFacts;
  readonly module: ModuleValue | null;
}

/**
 * Follows code symbolically. The parts of the evaluator call one another through this interface.
 * Nothing in it throws, whatever the code.
 */
export interface Machine {
  readonly frame: Frame;
  evaluate(expression: Expression, scope: Scope): Value;
  execute(block: Block, scope: Scope): Completion;
  call(callee: Value, passed: PassedArguments, expression: Call): Value;
  callFunction(callee: FunctionValue, passed: PassedArguments): Value;
  instantiate(type: ClassValue, passed: PassedArguments, expression: Call): Value;
  /** Calls a layer or an object of the file as a function. */
  apply(module: ModuleValue, passed: PassedArguments, expression: Call): Value;

  /** Source text of an expression. */
  text(expression: Expression): string;
  /** One unit of work; `false` when the budget is used up. */
  spend(): boolean;
  /** Whether loops over known values are followed round by round. */
  readonly unrolls: boolean;
  /** Whether the file imports PyTorch, so that methods of unknown objects may be those of tensors. */
  readonly knowsTorch: boolean;

  /** Runs code of which it is not known whether it runs: what it changes becomes unknown. */
  perhaps<T>(run: () => T): T;
  /** Runs code that is known not to run, only to see what is in it: it changes nothing. */
  unreached(run: () => void): void;
  /** Registers a list, dictionary or module, so that changes made under another condition are told apart. */
  born<T extends Value>(value: T): T;
  /** How a change to the value is to be understood now. */
  changes(value: Value): 'certain' | 'perhaps' | 'not';
  /** For the rest of the running function every change is uncertain. */
  becomeUncertain(): void;
  /** Registers a class or function of the file. */
  define(value: ClassValue | FunctionValue): void;

  see(expression: Expression, sighting: Sighting): void;
  operation(
    name: string,
    operands: readonly Value[],
    expression: Expression,
    named?: ReadonlyMap<string, Value>,
    shape?: readonly number[] | null,
  ): Operation;
  blame(expression: Expression, mistake: Phrase): void;
}
