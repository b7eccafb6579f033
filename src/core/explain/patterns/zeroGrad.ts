import { type Phrase, phrase } from '../phrase';
import type { Block, Call, Expression, LoopStatement } from '../python/syntax';
import { allCalls, forEachStatement, someExpression } from '../python/walk';

const MISSING: Phrase = phrase(
  'Nothing in this loop clears the gradients, so every backward() adds to those of all steps before. Call optimizer.zero_grad() before it.',
);

/** Loops that are in no other loop of the same function. */
function outermostLoops(block: Block): LoopStatement[] {
  const loops: LoopStatement[] = [];
  forEachStatement(block, (statement) => {
    if (statement.kind !== 'loop') return true;
    loops.push(statement);
    forEachStatement(statement.body, (inner) => {
      if (inner.kind === 'function') loops.push(...outermostLoops(inner.body));
      return inner.kind !== 'function';
    });
    return false;
  });
  return loops;
}

const methodName = ({ callee }: Call): string | null => (callee.kind === 'attribute' ? callee.name : null);

/** Last name of `optimizer` or `self.optimizer`. */
function receiverName({ callee }: Call): string | null {
  if (callee.kind !== 'attribute') return null;
  const { object } = callee;
  return object.kind === 'name' || object.kind === 'attribute' ? object.name : null;
}

const clearsGradients = (expression: Expression): boolean =>
  expression.kind === 'attribute' && (expression.name === 'zero_grad' || expression.name === 'grad');

/** Names of functions of the file that clear gradients. */
function clearingFunctions(block: Block): ReadonlySet<string> {
  const names = new Set<string>();
  forEachStatement(block, (statement) => {
    if (statement.kind === 'function' && someExpression(statement.body, clearsGradients)) names.add(statement.name);
    return true;
  });
  return names;
}

const calledName = ({ callee }: Call): string | null =>
  callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : null;

const isBackward = (call: Call): boolean => methodName(call) === 'backward';

/** Whether the loop steps an optimizer that it hands to nobody who might clear the gradients. */
function steps(calls: readonly Call[], optimizers: ReadonlySet<string>, clearing: ReadonlySet<string>): boolean {
  if (calls.some((call) => clearing.has(calledName(call) ?? ''))) return false;
  const stepping = calls.filter((call) => {
    const name = receiverName(call);
    if (methodName(call) !== 'step' || call.arguments.length > 0 || name === null) return false;
    return optimizers.has(name) || /^opt(im(i[sz]er)?)?(_\w+)?$/i.test(name);
  });
  const stepped = new Set(stepping.map(receiverName));
  const handedOn = calls.some((call) =>
    call.arguments.some(
      ({ value }) => (value.kind === 'name' || value.kind === 'attribute') && stepped.has(value.name),
    ),
  );
  return stepping.length > 0 && !handedOn;
}

/** The calls of `backward()` in loops that never clear gradients. `optimizers` are names bound to optimizers. */
export function findMissingZeroGrad(
  block: Block,
  optimizers: () => ReadonlySet<string>,
): readonly { readonly expression: Expression; readonly mistake: Phrase }[] {
  const suspects = outermostLoops(block).filter(
    (loop) => !someExpression([loop], clearsGradients) && allCalls([loop]).some(isBackward),
  );
  if (suspects.length === 0) return [];
  const clearing = clearingFunctions(block);
  const names = optimizers();
  return suspects
    .map((loop) => allCalls([loop]))
    .filter((calls) => steps(calls, names, clearing))
    .flatMap((calls) => calls.filter(isBackward).map((expression) => ({ expression, mistake: MISSING })));
}
