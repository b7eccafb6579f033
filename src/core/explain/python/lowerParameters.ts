import { inside, separated, type SourceContext, textOf } from './lowering';
import type { PlainNode } from './plainTree';
import type { Expression, Parameter } from './syntax';

type LowerRun = (nodes: readonly PlainNode[], owner: PlainNode, source: SourceContext) => Expression;

/** Of a function or lambda; the bare `*` and `/` are left out. */
export function lowerParameters(list: PlainNode, source: SourceContext, lowerRun: LowerRun): Parameter[] {
  const parameters: Parameter[] = [];
  for (const run of separated(inside(list, '(', ')'), ',')) {
    const star = run[0]?.name === '*' || run[0]?.name === '**' ? run[0].name : '';
    const name = run[star === '' ? 0 : 1];
    if (name?.name !== 'VariableName') continue;
    const type = run.find((node) => node.name === 'TypeDef');
    const equals = run.findIndex((node) => node.name === 'AssignOp');
    parameters.push({
      name: textOf(source, name),
      star,
      annotation:
        type === undefined
          ? null
          : lowerRun(
              type.children.filter((child) => child.name !== ':'),
              type,
              source,
            ),
      initial: equals < 0 ? null : lowerRun(run.slice(equals + 1), list, source),
    });
  }
  return parameters;
}
