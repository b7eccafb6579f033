import type { PassedArguments } from '../catalogue/arguments';
import type { Phrase } from '../phrase';
import type { Block, Call, Expression } from '../python/syntax';
import { applyModule } from './applying';
import { callValue } from './calls';
import { instantiate } from './classes';
import { evaluateExpression } from './expressions';
import { functionScope, returned } from './functions';
import type { Completion, Frame, Machine, Sighting } from './machine';
import type { Scope } from './scope';
import { executeBlock } from './statements';
import { type ClassValue, type FunctionValue, type ModuleValue, type Operation, unknown, type Value } from './value';

/** What the interpreter tells while it follows code. */
export interface Witness {
  see(expression: Expression, sighting: Sighting): void;
  operated(operation: Operation): void;
  blame(expression: Expression, mistake: Phrase): void;
  define(value: ClassValue | FunctionValue): void;
}

/** Calls within calls are followed this deep. */
const MAX_DEPTH = 24;
/** Expressions within expressions are followed this deep. */
const MAX_NESTING = 500;

interface Certainty {
  readonly perhaps: number;
  readonly unreached: number;
}

/** See `Machine`. One interpreter follows one file; `limit` sets the budget for one piece of it. */
export class Interpreter implements Machine {
  frame: Frame = { returns: [], owner: null, receiver: null };
  unrolls = true;
  private budget = 0;
  private depth = 0;
  private nesting = 0;
  private perhapsDepth = 0;
  private unreachedDepth = 0;
  private silent = 0;
  private readonly births = new WeakMap<object, Certainty>();

  constructor(
    private readonly source: string,
    readonly knowsTorch: boolean,
    private readonly witness: Witness,
  ) {}

  /** Whether the budget was used up, so that results are incomplete. */
  get exhausted(): boolean {
    return this.budget <= 0;
  }

  limit(budget: number, unrolls: boolean): void {
    this.budget = budget;
    this.unrolls = unrolls;
  }

  spend(): boolean {
    this.budget--;
    return this.budget > 0;
  }

  evaluate(expression: Expression, scope: Scope): Value {
    if (!this.spend() || this.nesting > MAX_NESTING) return unknown(this.text(expression));
    this.nesting++;
    const value = evaluateExpression(this, expression, scope);
    this.nesting--;
    return value;
  }

  execute(block: Block, scope: Scope): Completion {
    return executeBlock(this, block, scope);
  }

  call(callee: Value, passed: PassedArguments, expression: Call): Value {
    return callValue(this, callee, passed, expression);
  }

  apply(module: ModuleValue, passed: PassedArguments, expression: Call): Value {
    if (this.depth > MAX_DEPTH || !this.spend()) return unknown(this.text(expression));
    this.depth++;
    const value = applyModule(this, module, passed, expression);
    this.depth--;
    return value;
  }

  instantiate(type: ClassValue, passed: PassedArguments, expression: Call): Value {
    return instantiate(this, type, passed, expression);
  }

  /** Calls inside the code are followed in silence: what they do with these arguments is no general truth. */
  callFunction(callee: FunctionValue, passed: PassedArguments): Value {
    if (this.depth > MAX_DEPTH) return unknown(callee.node.kind === 'function' ? callee.node.name : 'lambda');
    this.silent++;
    const { value } = this.run(callee, passed);
    this.silent--;
    return value;
  }

  /** Runs a function and tells what is seen in it; also gives all values that it may return. */
  run(callee: FunctionValue, passed: PassedArguments): { value: Value; returns: readonly Value[] } {
    const { node, owner, receiver } = callee;
    const outer = this.frame;
    const perhaps = this.perhapsDepth;
    const frame: Frame = { returns: [], owner, receiver };
    this.frame = frame;
    this.depth++;
    const scope = functionScope(this, callee, passed);
    let value: Value;
    if (node.kind === 'lambda') value = this.evaluate(node.body, scope);
    else {
      const completion = this.execute(node.body, scope);
      const cut = completion === 'unclear';
      value = cut ? unknown(node.name) : returned(frame.returns, completion === 'next', node.name);
    }
    this.depth--;
    this.frame = outer;
    this.perhapsDepth = perhaps;
    return { value, returns: frame.returns };
  }

  text({ span }: Expression): string {
    return this.source.slice(span.start, span.end);
  }

  perhaps<T>(run: () => T): T {
    this.perhapsDepth++;
    const result = run();
    // Not set back to what it was: an early return inside raises it for the rest of the function.
    this.perhapsDepth--;
    return result;
  }

  unreached(run: () => void): void {
    if (this.silent > 0) return;
    this.unreachedDepth++;
    const returns = this.frame.returns.length;
    const perhaps = this.perhapsDepth;
    run();
    this.perhapsDepth = perhaps;
    this.frame.returns.length = returns;
    this.unreachedDepth--;
  }

  becomeUncertain(): void {
    this.perhapsDepth++;
  }

  born<T extends Value>(value: T): T {
    if (this.perhapsDepth > 0 || this.unreachedDepth > 0) {
      this.births.set(value, { perhaps: this.perhapsDepth, unreached: this.unreachedDepth });
    }
    return value;
  }

  changes(value: Value): 'certain' | 'perhaps' | 'not' {
    const birth = this.births.get(value) ?? { perhaps: 0, unreached: 0 };
    if (this.unreachedDepth > birth.unreached) return 'not';
    return this.perhapsDepth > birth.perhaps ? 'perhaps' : 'certain';
  }

  define(value: ClassValue | FunctionValue): void {
    if (this.silent === 0) this.witness.define(value);
  }

  see(expression: Expression, sighting: Sighting): void {
    if (this.silent === 0) this.witness.see(expression, sighting);
  }

  operation(
    name: string,
    operands: readonly Value[],
    expression: Expression,
    named: ReadonlyMap<string, Value> = new Map(),
    shape: readonly number[] | null = null,
  ): Operation {
    const operation: Operation = { kind: 'operation', name, operands, named, expression, shape };
    if (this.silent === 0) this.witness.operated(operation);
    return operation;
  }

  blame(expression: Expression, mistake: Phrase): void {
    this.witness.blame(expression, mistake);
  }
}
