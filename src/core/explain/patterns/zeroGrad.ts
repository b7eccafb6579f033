import { type Phrase, phrase } from '../phrase';
import type { Block, Call, Expression, LoopStatement, Statement } from '../python/syntax';
import { allExpressions, allStatements, innerBlocks } from '../python/walk';

const MISSING: Phrase = phrase(
  'Nothing in this loop clears the gradients, so every backward() adds to those of all steps before. Call optimizer.zero_grad() before it.',
);

/** Loops that are in no other loop of the same function. */
function outermostLoops(block: Block): LoopStatement[] {
  return block.flatMap((statement) => {
    if (statement.kind === 'loop') return [statement, ...loopsInFunctions(statement.body)];
    return innerBlocks(statement).flatMap(outermostLoops);
  });
}

/** A function that is defined in a loop has loops of its own. */
function loopsInFunctions(block: Block): LoopStatement[] {
  return [...allStatements(block)].flatMap((statement: Statement) =>
    statement.kind === 'function' ? outermostLoops(statement.body) : [],
  );
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
  for (const statement of allStatements(block)) {
    if (statement.kind === 'function' && [...allExpressions(statement.body)].some(clearsGradients))
      names.add(statement.name);
  }
  return names;
}

const calledName = ({ callee }: Call): string | null =>
  callee.kind === 'name' || callee.kind === 'attribute' ? callee.name : null;

/** Whether the loop certainly steps an optimizer without ever clearing gradients. */
function forgets(loop: LoopStatement, optimizers: ReadonlySet<string>, clearing: ReadonlySet<string>): boolean {
  const expressions = [...allExpressions([loop])];
  if (expressions.some(clearsGradients)) return false;
  const calls = expressions.filter((expression) => expression.kind === 'call');
  if (calls.some((call) => clearing.has(calledName(call) ?? ''))) return false;
  const steps = calls.filter((call) => {
    const name = receiverName(call);
    const stepping = methodName(call) === 'step' && call.arguments.length === 0;
    return stepping && name !== null && (optimizers.has(name) || /^opt(im(i[sz]er)?)?(_\w+)?$/i.test(name));
  });
  const stepped = new Set(steps.map(receiverName));
  const handedOn = calls.some((call) =>
    call.arguments.some(
      ({ value }) => (value.kind === 'name' || value.kind === 'attribute') && stepped.has(value.name),
    ),
  );
  return steps.length > 0 && !handedOn;
}

/** The calls of `backward()` in loops that never clear gradients. `optimizers` are names bound to optimizers. */
export function findMissingZeroGrad(
  block: Block,
  optimizers: ReadonlySet<string>,
): readonly { readonly expression: Expression; readonly mistake: Phrase }[] {
  const clearing = clearingFunctions(block);
  return outermostLoops(block)
    .filter((loop) => forgets(loop, optimizers, clearing))
    .flatMap((loop) => [...allExpressions(loop.body)])
    .filter((expression) => expression.kind === 'call' && methodName(expression) === 'backward')
    .map((expression) => ({ expression, mistake: MISSING }));
}
